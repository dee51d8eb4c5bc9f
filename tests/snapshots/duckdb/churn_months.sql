-- question
SELECT by_month.month, CAST(by_month.lost AS DOUBLE PRECISION) / nullif(CAST(by_month.alive_start AS DOUBLE PRECISION), 0) AS churn_rate, 1.0 - CAST(by_month.alive_end AS DOUBLE PRECISION) / nullif(CAST(by_month.ever_end AS DOUBLE PRECISION), 0) AS point_churn, by_month.alive_start, by_month.alive_end, by_month.lost, by_month.ever_end
FROM (SELECT parts.month AS month, max(parts.alive_start) AS alive_start, max(parts.alive_end) AS alive_end, max(parts.lost) AS lost, CAST(sum(sum(parts.came)) OVER (ORDER BY parts.month) AS BIGINT) AS ever_end
FROM (SELECT churn_by_month.month AS month, churn_by_month.alive_start AS alive_start, churn_by_month.alive_end AS alive_end, churn_by_month.lost AS lost, 0 AS came
FROM (SELECT churn_months.month AS month, churn_months.lost AS lost, churn_months.alive_end AS alive_end, churn_months.alive_start AS alive_start, churn_months.ever_end AS ever_end
FROM (SELECT running.month AS month, running.lost AS lost, running.alive_end AS alive_end, lag(running.alive_end) OVER (ORDER BY running.month) AS alive_start, running.ever_end AS ever_end
FROM (SELECT snapshots.month AS month, CAST(sum(snapshots.lost) AS BIGINT) AS lost, CAST(sum((snapshots.customers - snapshots.churned)) AS BIGINT) AS alive_end, CAST(sum(snapshots.customers) AS BIGINT) AS ever_end
FROM (SELECT customer_snapshot.month AS month, 1 AS customers, CASE WHEN customer_snapshot.is_churned THEN 1 ELSE 0 END AS churned, CASE WHEN customer_snapshot.is_lost THEN 1 ELSE 0 END AS lost
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS snapshots
WHERE snapshots.month >= '2025-05-01' AND snapshots.month < '2026-07-01' GROUP BY snapshots.month) AS running) AS churn_months
WHERE churn_months.month >= '2025-06-01') AS churn_by_month UNION ALL SELECT came.month AS month, CAST(NULL AS BIGINT) AS alive_start, CAST(NULL AS BIGINT) AS alive_end, CAST(NULL AS BIGINT) AS lost, came.came AS came
FROM (SELECT (CAST(CASE WHEN (customers.first_on IS NULL) THEN customers.contract_on WHEN (customers.contract_on < customers.first_on) THEN customers.contract_on ELSE customers.first_on END AS DATE) - (CAST(day(CAST(CASE WHEN (customers.first_on IS NULL) THEN customers.contract_on WHEN (customers.contract_on < customers.first_on) THEN customers.contract_on ELSE customers.first_on END AS DATE)) AS INTEGER) - 1)) AS month, count(*) AS came
FROM (SELECT customer_current.first_on AS first_on, customer_current.contract_on AS contract_on
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers GROUP BY (CAST(CASE WHEN (customers.first_on IS NULL) THEN customers.contract_on WHEN (customers.contract_on < customers.first_on) THEN customers.contract_on ELSE customers.first_on END AS DATE) - (CAST(day(CAST(CASE WHEN (customers.first_on IS NULL) THEN customers.contract_on WHEN (customers.contract_on < customers.first_on) THEN customers.contract_on ELSE customers.first_on END AS DATE)) AS INTEGER) - 1))) AS came) AS parts GROUP BY parts.month) AS by_month
WHERE by_month.month >= '2025-06-01' AND by_month.month < '2026-07-01' AND by_month.alive_end IS NOT NULL ORDER BY by_month.month

-- members
SELECT everyone.customer_id, everyone.name, everyone.region, everyone.city, everyone.industry, everyone.team, everyone.rep, everyone.tier, merged.churned_customers AS churned_customers, merged.alive_at_start AS alive_at_start, CAST(merged.churned_customers AS DOUBLE PRECISION) / nullif(CAST(merged.alive_at_start AS DOUBLE PRECISION), 0) AS churn_rate
FROM (SELECT parts.key AS key, max(parts.churned_customers) AS churned_customers, max(parts.alive_at_start) AS alive_at_start
FROM (SELECT churn.customer_no AS key, '' AS slot, coalesce(CAST(sum(churn.lost) AS BIGINT), 0) AS churned_customers, coalesce(CAST(sum(churn.alive_start) AS BIGINT), 0) AS alive_at_start
FROM (SELECT customers.customer_no AS customer_no, CASE WHEN ((customers.alive_day_27 & 131072) != 0) THEN 1 ELSE 0 END AS alive_start, CASE WHEN ((customers.alive_day_27 & 131072) != 0 AND (customers.alive_day_29 & 576460752303423488) = 0) THEN 1 ELSE 0 END AS lost, CASE WHEN ((customers.alive_day_29 & 576460752303423488) != 0) THEN 1 ELSE 0 END AS alive_end, 0 AS ever_end
FROM (SELECT customer_current.alive_day_27 AS alive_day_27, customer_current.alive_day_29 AS alive_day_29, customer_current.customer_no AS customer_no
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE (customers.alive_day_27 & 131072) != 0 OR (customers.alive_day_29 & 576460752303423488) != 0) AS churn
WHERE churn.customer_no IS NOT NULL GROUP BY churn.customer_no) AS parts GROUP BY parts.key) AS merged JOIN (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS everyone ON everyone.customer_no = merged.key
WHERE coalesce(merged.churned_customers, 0) != 0 OR coalesce(merged.alive_at_start, 0) != 0 ORDER BY merged.churned_customers DESC NULLS LAST, everyone.customer_id
