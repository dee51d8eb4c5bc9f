-- question
SELECT ranked.key, ranked.churn_rate, ranked.churn_rate_before, ranked.churned_customers, ranked.churned_customers_before, ranked.alive_at_start, ranked.alive_at_start_before
FROM (SELECT CAST(sides.key AS TEXT) AS key, CAST(sides.now_churned_customers AS DOUBLE PRECISION) / nullif(CAST(sides.now_alive_at_start AS DOUBLE PRECISION), 0) AS churn_rate, CAST(sides.before_churned_customers AS DOUBLE PRECISION) / nullif(CAST(sides.before_alive_at_start AS DOUBLE PRECISION), 0) AS churn_rate_before, sides.now_churned_customers AS churned_customers, sides.before_churned_customers AS churned_customers_before, sides.now_alive_at_start AS alive_at_start, sides.before_alive_at_start AS alive_at_start_before
FROM (SELECT parts.key AS key, max(CASE WHEN (parts.slot = 'now') THEN parts.churned_customers END) AS now_churned_customers, max(CASE WHEN (parts.slot = 'now') THEN parts.alive_at_start END) AS now_alive_at_start, max(CASE WHEN (parts.slot = 'before') THEN parts.churned_customers END) AS before_churned_customers, max(CASE WHEN (parts.slot = 'before') THEN parts.alive_at_start END) AS before_alive_at_start
FROM (SELECT churn.team AS key, 'now' AS slot, coalesce(CAST(sum(churn.lost) AS BIGINT), 0) AS churned_customers, coalesce(CAST(sum(churn.alive_start) AS BIGINT), 0) AS alive_at_start
FROM (SELECT customers.team AS team, CASE WHEN ((customers.alive_day_27 & 131072) != 0) THEN 1 ELSE 0 END AS alive_start, CASE WHEN ((customers.alive_day_27 & 131072) != 0 AND (customers.alive_day_29 & 576460752303423488) = 0) THEN 1 ELSE 0 END AS lost, CASE WHEN ((customers.alive_day_29 & 576460752303423488) != 0) THEN 1 ELSE 0 END AS alive_end, 0 AS ever_end
FROM (SELECT customer_current.alive_day_27 AS alive_day_27, customer_current.alive_day_29 AS alive_day_29, customer_current.team AS team
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE (customers.alive_day_27 & 131072) != 0 OR (customers.alive_day_29 & 576460752303423488) != 0) AS churn
WHERE churn.team IS NOT NULL GROUP BY churn.team UNION ALL SELECT churn.team AS key, 'before' AS slot, coalesce(CAST(sum(churn.lost) AS BIGINT), 0) AS churned_customers, coalesce(CAST(sum(churn.alive_start) AS BIGINT), 0) AS alive_at_start
FROM (SELECT customers.team AS team, CASE WHEN ((customers.alive_day_21 & 4096) != 0) THEN 1 ELSE 0 END AS alive_start, CASE WHEN ((customers.alive_day_21 & 4096) != 0 AND (customers.alive_day_23 & 18014398509481984) = 0) THEN 1 ELSE 0 END AS lost, CASE WHEN ((customers.alive_day_23 & 18014398509481984) != 0) THEN 1 ELSE 0 END AS alive_end, 0 AS ever_end
FROM (SELECT customer_current.alive_day_21 AS alive_day_21, customer_current.alive_day_23 AS alive_day_23, customer_current.team AS team
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE (customers.alive_day_21 & 4096) != 0 OR (customers.alive_day_23 & 18014398509481984) != 0) AS churn
WHERE churn.team IS NOT NULL GROUP BY churn.team) AS parts GROUP BY parts.key) AS sides) AS ranked ORDER BY ranked.churn_rate DESC NULLS LAST, ranked.key
LIMIT 200

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
