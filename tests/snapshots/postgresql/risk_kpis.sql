-- question
SELECT merged.slot, merged.expected_loss AS expected_loss, CAST(merged.expected_loss AS DOUBLE PRECISION) / CAST(nullif(CAST(merged.customer_asset AS DOUBLE PRECISION), 0) AS NUMERIC) AS loss_share, CAST(merged.value_lost AS DOUBLE PRECISION) / CAST(nullif(CAST(merged.value_at_start AS DOUBLE PRECISION), 0) AS NUMERIC) AS value_churn, merged.customers_at_risk AS customers_at_risk, merged.value_at_risk AS value_at_risk, merged.risk_mean AS risk_mean, merged.customer_asset AS customer_asset, merged.value_lost AS value_lost, merged.value_at_start AS value_at_start
FROM (SELECT parts.slot AS slot, max(parts.expected_loss) AS expected_loss, max(parts.customer_asset) AS customer_asset, max(parts.value_lost) AS value_lost, max(parts.value_at_start) AS value_at_start, max(parts.customers_at_risk) AS customers_at_risk, max(parts.value_at_risk) AS value_at_risk, max(parts.risk_mean) AS risk_mean
FROM (SELECT 'now' AS slot, CAST(sum(CASE WHEN NOT customers.is_churned THEN customers.expected_loss END) AS BIGINT) AS expected_loss, CAST(sum(CASE WHEN NOT customers.is_churned THEN customers.value END) AS BIGINT) AS customer_asset, CAST(NULL AS BIGINT) AS value_lost, CAST(NULL AS BIGINT) AS value_at_start, coalesce(CAST(sum(CASE WHEN (NOT customers.is_churned AND customers.risk >= 0.5) THEN 1 ELSE 0 END) AS BIGINT), 0) AS customers_at_risk, CAST(sum(CASE WHEN (NOT customers.is_churned AND customers.risk >= 0.5) THEN customers.value END) AS BIGINT) AS value_at_risk, avg(CASE WHEN NOT customers.is_churned THEN customers.risk END) AS risk_mean
FROM (SELECT customer_current.customer_no AS customer_no, customer_current.value AS value, customer_current.is_churned AS is_churned, customer_current.expected_loss AS expected_loss, customer_current.risk AS risk
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers UNION ALL SELECT 'now' AS slot, CAST(NULL AS BIGINT) AS expected_loss, CAST(NULL AS BIGINT) AS customer_asset, CAST(sum(value_churn.value_lost) AS BIGINT) AS value_lost, CAST(sum(value_churn.value_start) AS BIGINT) AS value_at_start, CAST(NULL AS INTEGER) AS customers_at_risk, CAST(NULL AS BIGINT) AS value_at_risk, CAST(NULL AS DOUBLE PRECISION) AS risk_mean
FROM (SELECT snapshots.value AS value_start, CASE WHEN (churn.lost = 1) THEN snapshots.value WHEN (snapshots.value IS NOT NULL) THEN 0 END AS value_lost
FROM (SELECT customer_snapshot.customer_no AS customer_no, CASE WHEN NOT customer_snapshot.is_churned THEN customer_snapshot.value END AS value
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_snapshot.month = '2025-12-01' AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS snapshots, (SELECT customers.customer_no AS customer_no, CASE WHEN ((customers.alive_day_27 & 131072) != 0) THEN 1 ELSE 0 END AS alive_start, CASE WHEN ((customers.alive_day_27 & 131072) != 0 AND (customers.alive_day_29 & 576460752303423488) = 0) THEN 1 ELSE 0 END AS lost, CASE WHEN ((customers.alive_day_29 & 576460752303423488) != 0) THEN 1 ELSE 0 END AS alive_end, 0 AS ever_end
FROM (SELECT customer_current.alive_day_27 AS alive_day_27, customer_current.alive_day_29 AS alive_day_29, customer_current.customer_no AS customer_no
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE (customers.alive_day_27 & 131072) != 0) AS churn
WHERE churn.alive_start = 1 AND snapshots.customer_no = churn.customer_no) AS value_churn UNION ALL SELECT 'before' AS slot, CAST(NULL AS BIGINT) AS expected_loss, CAST(sum(CASE WHEN NOT month_ends.is_churned THEN month_ends.value END) AS BIGINT) AS customer_asset, CAST(NULL AS BIGINT) AS value_lost, CAST(NULL AS BIGINT) AS value_at_start, CAST(NULL AS INTEGER) AS customers_at_risk, CAST(NULL AS BIGINT) AS value_at_risk, CAST(NULL AS DOUBLE PRECISION) AS risk_mean
FROM (SELECT snapshots.month AS month, snapshots.value AS value, false AS is_churned
FROM (SELECT customer_snapshot.month AS month, CASE WHEN NOT customer_snapshot.is_churned THEN customer_snapshot.value END AS value
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS snapshots
WHERE snapshots.month >= '2025-05-01' AND snapshots.month < '2025-06-01') AS month_ends UNION ALL SELECT 'before' AS slot, CAST(NULL AS BIGINT) AS expected_loss, CAST(NULL AS BIGINT) AS customer_asset, CAST(sum(value_churn.value_lost) AS BIGINT) AS value_lost, CAST(sum(value_churn.value_start) AS BIGINT) AS value_at_start, CAST(NULL AS INTEGER) AS customers_at_risk, CAST(NULL AS BIGINT) AS value_at_risk, CAST(NULL AS DOUBLE PRECISION) AS risk_mean
FROM (SELECT snapshots.value AS value_start, CASE WHEN (churn.lost = 1) THEN snapshots.value WHEN (snapshots.value IS NOT NULL) THEN 0 END AS value_lost
FROM (SELECT customer_snapshot.customer_no AS customer_no, CASE WHEN NOT customer_snapshot.is_churned THEN customer_snapshot.value END AS value
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_snapshot.month = '2024-12-01' AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS snapshots, (SELECT customers.customer_no AS customer_no, CASE WHEN ((customers.alive_day_21 & 4096) != 0) THEN 1 ELSE 0 END AS alive_start, CASE WHEN ((customers.alive_day_21 & 4096) != 0 AND (customers.alive_day_23 & 18014398509481984) = 0) THEN 1 ELSE 0 END AS lost, CASE WHEN ((customers.alive_day_23 & 18014398509481984) != 0) THEN 1 ELSE 0 END AS alive_end, 0 AS ever_end
FROM (SELECT customer_current.alive_day_21 AS alive_day_21, customer_current.alive_day_23 AS alive_day_23, customer_current.customer_no AS customer_no
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE (customers.alive_day_21 & 4096) != 0) AS churn
WHERE churn.alive_start = 1 AND snapshots.customer_no = churn.customer_no) AS value_churn UNION ALL SELECT to_char(month_ends.month, 'YYYY-MM') AS slot, CAST(NULL AS BIGINT) AS expected_loss, CAST(sum(CASE WHEN NOT month_ends.is_churned THEN month_ends.value END) AS BIGINT) AS customer_asset, CAST(NULL AS BIGINT) AS value_lost, CAST(NULL AS BIGINT) AS value_at_start, CAST(NULL AS INTEGER) AS customers_at_risk, CAST(NULL AS BIGINT) AS value_at_risk, CAST(NULL AS DOUBLE PRECISION) AS risk_mean
FROM (SELECT snapshots.month AS month, snapshots.value AS value, false AS is_churned
FROM (SELECT customer_snapshot.month AS month, CASE WHEN NOT customer_snapshot.is_churned THEN customer_snapshot.value END AS value
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS snapshots
WHERE snapshots.month >= '2025-06-01' AND snapshots.month < '2026-06-01') AS month_ends GROUP BY month_ends.month UNION ALL SELECT to_char(months.month, 'YYYY-MM') AS slot, CAST(NULL AS BIGINT) AS expected_loss, CAST(NULL AS BIGINT) AS customer_asset, CAST(sum(months.value_lost) AS BIGINT) AS value_lost, CAST(sum(months.value_start) AS BIGINT) AS value_at_start, CAST(NULL AS INTEGER) AS customers_at_risk, CAST(NULL AS BIGINT) AS value_at_risk, CAST(NULL AS DOUBLE PRECISION) AS risk_mean
FROM (SELECT value_months.month AS month, value_months.value_start AS value_start, value_months.value_lost AS value_lost
FROM (SELECT CAST(snapshots.month + make_interval(months => CAST(1 AS INTEGER)) AS DATE) AS month, snapshots.value AS value_start, CASE WHEN (l.customer_no IS NOT NULL) THEN snapshots.value WHEN (snapshots.value IS NOT NULL) THEN 0 END AS value_lost
FROM (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.month AS month, CASE WHEN NOT customer_snapshot.is_churned THEN customer_snapshot.value END AS value
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS snapshots LEFT OUTER JOIN (SELECT snapshots.customer_no AS customer_no, snapshots.month AS month
FROM (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.month AS month, customer_snapshot.is_lost AS is_lost
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS snapshots
WHERE snapshots.is_lost AND snapshots.month >= '2025-06-01' AND snapshots.month < '2026-07-01') AS l ON l.customer_no = snapshots.customer_no AND l.month = CAST(snapshots.month + make_interval(months => CAST(1 AS INTEGER)) AS DATE)
WHERE snapshots.month >= '2025-05-01' AND snapshots.month < '2026-06-01') AS value_months
WHERE value_months.month < '2026-06-01') AS months GROUP BY months.month) AS parts GROUP BY parts.slot) AS merged ORDER BY merged.slot

-- members
SELECT everyone.customer_id, everyone.name, everyone.region, everyone.city, everyone.industry, everyone.team, everyone.rep, everyone.tier, merged.expected_loss AS expected_loss
FROM (SELECT parts.key AS key, max(parts.expected_loss) AS expected_loss
FROM (SELECT customers.customer_no AS key, '' AS slot, CAST(sum(CASE WHEN NOT customers.is_churned THEN customers.expected_loss END) AS BIGINT) AS expected_loss
FROM (SELECT customer_current.customer_no AS customer_no, customer_current.value AS value, customer_current.is_churned AS is_churned, customer_current.expected_loss AS expected_loss
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.customer_no IS NOT NULL GROUP BY customers.customer_no) AS parts GROUP BY parts.key) AS merged JOIN (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS everyone ON everyone.customer_no = merged.key
WHERE coalesce(merged.expected_loss, 0) != 0 ORDER BY merged.expected_loss DESC NULLS LAST, everyone.customer_id
