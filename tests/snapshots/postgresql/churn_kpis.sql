-- question
SELECT merged.slot, CAST(merged.churned_customers AS DOUBLE PRECISION) / CAST(nullif(CAST(merged.alive_at_start AS DOUBLE PRECISION), 0) AS NUMERIC) AS churn_rate, merged.churned_customers AS churned_customers, 1.0 - CAST(merged.churned_customers AS DOUBLE PRECISION) / CAST(nullif(CAST(merged.alive_at_start AS DOUBLE PRECISION), 0) AS NUMERIC) AS retention_rate, 1.0 - CAST(merged.alive_at_end AS DOUBLE PRECISION) / CAST(nullif(CAST(merged.ever_at_end AS DOUBLE PRECISION), 0) AS NUMERIC) AS point_churn, merged.alive_at_end AS alive_at_end, CAST(merged.contracts_renewed AS DOUBLE PRECISION) / CAST(nullif(CAST(merged.contracts_ended AS DOUBLE PRECISION), 0) AS NUMERIC) AS renewal_rate, merged.alive_at_start AS alive_at_start, merged.ever_at_end AS ever_at_end, merged.contracts_renewed AS contracts_renewed, merged.contracts_ended AS contracts_ended
FROM (SELECT parts.slot AS slot, max(parts.churned_customers) AS churned_customers, max(parts.alive_at_start) AS alive_at_start, max(parts.alive_at_end) AS alive_at_end, max(parts.ever_at_end) AS ever_at_end, max(parts.contracts_renewed) AS contracts_renewed, max(parts.contracts_ended) AS contracts_ended
FROM (SELECT 'now' AS slot, coalesce(CAST(sum(churn.lost) AS BIGINT), 0) AS churned_customers, coalesce(CAST(sum(churn.alive_start) AS BIGINT), 0) AS alive_at_start, coalesce(CAST(sum(churn.alive_end) AS BIGINT), 0) AS alive_at_end, coalesce(CAST(sum(churn.ever_end) AS BIGINT), 0) AS ever_at_end, CAST(NULL AS INTEGER) AS contracts_renewed, CAST(NULL AS INTEGER) AS contracts_ended
FROM (SELECT CASE WHEN ((customers.alive_day_27 & 131072) != 0) THEN 1 ELSE 0 END AS alive_start, CASE WHEN ((customers.alive_day_27 & 131072) != 0 AND (customers.alive_day_29 & 576460752303423488) = 0) THEN 1 ELSE 0 END AS lost, CASE WHEN ((customers.alive_day_29 & 576460752303423488) != 0) THEN 1 ELSE 0 END AS alive_end, 0 AS ever_end
FROM (SELECT customer_current.alive_day_27 AS alive_day_27, customer_current.alive_day_29 AS alive_day_29
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE (customers.alive_day_27 & 131072) != 0 OR (customers.alive_day_29 & 576460752303423488) != 0 UNION ALL SELECT 0 AS alive_start, 0 AS lost, 0 AS alive_end, 1 AS ever_end
FROM (SELECT customer_current.first_on AS first_on, customer_current.contract_on AS contract_on
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.first_on < '2026-06-21' OR customers.contract_on < '2026-06-21') AS churn UNION ALL SELECT 'now' AS slot, CAST(NULL AS INTEGER) AS churned_customers, CAST(NULL AS INTEGER) AS alive_at_start, CAST(NULL AS INTEGER) AS alive_at_end, CAST(NULL AS INTEGER) AS ever_at_end, coalesce(CAST(sum(CASE WHEN terms.is_renewed THEN 1 ELSE 0 END) AS BIGINT), 0) AS contracts_renewed, coalesce(count(*), 0) AS contracts_ended
FROM (SELECT contract_terms.ends_on AS ends_on, contract_terms.is_renewed AS is_renewed
FROM (SELECT contract_term.ends_on AS ends_on, contract_term.is_renewed AS is_renewed
FROM contract_term
WHERE contract_term.team IN ('Scope Team A', 'Scope Team B') AND contract_term.region IN ('East') AND contract_term.tier IN ('general', 'high')) AS contract_terms
WHERE contract_terms.ends_on >= '2026-01-10' AND contract_terms.ends_on < '2026-06-21') AS terms UNION ALL SELECT 'before' AS slot, coalesce(CAST(sum(churn.lost) AS BIGINT), 0) AS churned_customers, coalesce(CAST(sum(churn.alive_start) AS BIGINT), 0) AS alive_at_start, coalesce(CAST(sum(churn.alive_end) AS BIGINT), 0) AS alive_at_end, coalesce(CAST(sum(churn.ever_end) AS BIGINT), 0) AS ever_at_end, CAST(NULL AS INTEGER) AS contracts_renewed, CAST(NULL AS INTEGER) AS contracts_ended
FROM (SELECT CASE WHEN ((customers.alive_day_21 & 4096) != 0) THEN 1 ELSE 0 END AS alive_start, CASE WHEN ((customers.alive_day_21 & 4096) != 0 AND (customers.alive_day_23 & 18014398509481984) = 0) THEN 1 ELSE 0 END AS lost, CASE WHEN ((customers.alive_day_23 & 18014398509481984) != 0) THEN 1 ELSE 0 END AS alive_end, 0 AS ever_end
FROM (SELECT customer_current.alive_day_21 AS alive_day_21, customer_current.alive_day_23 AS alive_day_23
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE (customers.alive_day_21 & 4096) != 0 OR (customers.alive_day_23 & 18014398509481984) != 0 UNION ALL SELECT 0 AS alive_start, 0 AS lost, 0 AS alive_end, 1 AS ever_end
FROM (SELECT customer_current.first_on AS first_on, customer_current.contract_on AS contract_on
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.first_on < '2025-06-21' OR customers.contract_on < '2025-06-21') AS churn UNION ALL SELECT 'before' AS slot, CAST(NULL AS INTEGER) AS churned_customers, CAST(NULL AS INTEGER) AS alive_at_start, CAST(NULL AS INTEGER) AS alive_at_end, CAST(NULL AS INTEGER) AS ever_at_end, coalesce(CAST(sum(CASE WHEN terms.is_renewed THEN 1 ELSE 0 END) AS BIGINT), 0) AS contracts_renewed, coalesce(count(*), 0) AS contracts_ended
FROM (SELECT contract_terms.ends_on AS ends_on, contract_terms.is_renewed AS is_renewed
FROM (SELECT contract_term.ends_on AS ends_on, contract_term.is_renewed AS is_renewed
FROM contract_term
WHERE contract_term.team IN ('Scope Team A', 'Scope Team B') AND contract_term.region IN ('East') AND contract_term.tier IN ('general', 'high')) AS contract_terms
WHERE contract_terms.ends_on >= '2025-01-10' AND contract_terms.ends_on < '2025-06-21') AS terms UNION ALL SELECT to_char(churn_by_month.month, 'YYYY-MM') AS slot, coalesce(CAST(sum(churn_by_month.lost) AS BIGINT), 0) AS churned_customers, coalesce(CAST(sum(churn_by_month.alive_start) AS BIGINT), 0) AS alive_at_start, coalesce(CAST(sum(churn_by_month.alive_end) AS BIGINT), 0) AS alive_at_end, coalesce(CAST(sum(churn_by_month.ever_end) AS BIGINT), 0) AS ever_at_end, CAST(NULL AS INTEGER) AS contracts_renewed, CAST(NULL AS INTEGER) AS contracts_ended
FROM (SELECT churn_months.month AS month, churn_months.lost AS lost, churn_months.alive_end AS alive_end, churn_months.alive_start AS alive_start, churn_months.ever_end AS ever_end
FROM (SELECT running.month AS month, running.lost AS lost, running.alive_end AS alive_end, lag(running.alive_end) OVER (ORDER BY running.month) AS alive_start, running.ever_end AS ever_end
FROM (SELECT snapshots.month AS month, CAST(sum(snapshots.lost) AS BIGINT) AS lost, CAST(sum((snapshots.customers - snapshots.churned)) AS BIGINT) AS alive_end, CAST(sum(snapshots.customers) AS BIGINT) AS ever_end
FROM (SELECT customer_snapshot.month AS month, 1 AS customers, CASE WHEN customer_snapshot.is_churned THEN 1 ELSE 0 END AS churned, CASE WHEN customer_snapshot.is_lost THEN 1 ELSE 0 END AS lost
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS snapshots
WHERE snapshots.month >= '2025-05-01' AND snapshots.month < '2026-07-01' GROUP BY snapshots.month) AS running) AS churn_months
WHERE churn_months.month >= '2025-06-01') AS churn_by_month GROUP BY churn_by_month.month) AS parts GROUP BY parts.slot) AS merged ORDER BY merged.slot

-- members
SELECT everyone.customer_id, everyone.name, everyone.region, everyone.city, everyone.industry, everyone.team, everyone.rep, everyone.tier, merged.churned_customers AS churned_customers, merged.alive_at_start AS alive_at_start, CAST(merged.churned_customers AS DOUBLE PRECISION) / CAST(nullif(CAST(merged.alive_at_start AS DOUBLE PRECISION), 0) AS NUMERIC) AS churn_rate
FROM (SELECT parts.key AS key, max(parts.churned_customers) AS churned_customers, max(parts.alive_at_start) AS alive_at_start
FROM (SELECT churn.customer_no AS key, '' AS slot, coalesce(CAST(sum(churn.lost) AS BIGINT), 0) AS churned_customers, coalesce(CAST(sum(churn.alive_start) AS BIGINT), 0) AS alive_at_start
FROM (SELECT customers.customer_no AS customer_no, CASE WHEN ((customers.alive_day_27 & 131072) != 0) THEN 1 ELSE 0 END AS alive_start, CASE WHEN ((customers.alive_day_27 & 131072) != 0 AND (customers.alive_day_29 & 576460752303423488) = 0) THEN 1 ELSE 0 END AS lost, CASE WHEN ((customers.alive_day_29 & 576460752303423488) != 0) THEN 1 ELSE 0 END AS alive_end, 0 AS ever_end
FROM (SELECT customer_current.alive_day_27 AS alive_day_27, customer_current.alive_day_29 AS alive_day_29, customer_current.customer_no AS customer_no
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE (customers.alive_day_27 & 131072) != 0 OR (customers.alive_day_29 & 576460752303423488) != 0) AS churn
WHERE churn.customer_no IS NOT NULL GROUP BY churn.customer_no) AS parts GROUP BY parts.key) AS merged JOIN (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS everyone ON everyone.customer_no = merged.key
WHERE coalesce(merged.churned_customers, 0) != 0 OR coalesce(merged.alive_at_start, 0) != 0 ORDER BY merged.churned_customers DESC NULLS LAST, everyone.customer_id
