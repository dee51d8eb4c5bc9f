-- question
SELECT ranked.key, ranked.churn_rate, ranked.churn_rate_before, ranked.churned_customers, ranked.churned_customers_before, ranked.alive_at_start, ranked.alive_at_start_before
FROM (SELECT CAST(sides.key AS TEXT) AS key, CAST(sides.now_churned_customers AS DOUBLE PRECISION) / nullif(CAST(sides.now_alive_at_start AS DOUBLE PRECISION), 0) AS churn_rate, CAST(sides.before_churned_customers AS DOUBLE PRECISION) / nullif(CAST(sides.before_alive_at_start AS DOUBLE PRECISION), 0) AS churn_rate_before, sides.now_churned_customers AS churned_customers, sides.before_churned_customers AS churned_customers_before, sides.now_alive_at_start AS alive_at_start, sides.before_alive_at_start AS alive_at_start_before
FROM (SELECT parts.key AS key, max(CASE WHEN (parts.slot = 'now') THEN parts.churned_customers END) AS now_churned_customers, max(CASE WHEN (parts.slot = 'now') THEN parts.alive_at_start END) AS now_alive_at_start, max(CASE WHEN (parts.slot = 'before') THEN parts.churned_customers END) AS before_churned_customers, max(CASE WHEN (parts.slot = 'before') THEN parts.alive_at_start END) AS before_alive_at_start
FROM (SELECT churn.industry AS key, 'now' AS slot, coalesce(CAST(sum(churn.lost) AS BIGINT), 0) AS churned_customers, coalesce(CAST(sum(churn.alive_start) AS BIGINT), 0) AS alive_at_start
FROM (SELECT min(ends.industry) AS industry, max(ends.alive_start) AS alive_start, max(ends.alive_start) * (1 - max(ends.alive_end)) AS lost, max(ends.alive_end) AS alive_end, 0 AS ever_end
FROM (SELECT spells.customer_no AS customer_no, spells.industry AS industry, 1 AS alive_start, 0 AS alive_end
FROM (SELECT order_days.customer_no AS customer_no, order_days.industry AS industry, order_days.day AS since_on, (order_days.day + CAST(91 AS INTEGER)) AS dead_on, CASE WHEN (order_days.next_on IS NULL) THEN order_days.contract_on WHEN (order_days.contract_on IS NOT NULL AND order_days.contract_on <= order_days.next_on) THEN order_days.contract_on ELSE order_days.next_on END AS next_on
FROM (SELECT customer_day.customer_no AS customer_no, customer_day.day AS day, customer_day.next_on AS next_on, customer_day.contract_on AS contract_on, customer_day.orders AS orders, customer_day.industry AS industry
FROM customer_day
WHERE customer_day.day >= '2025-10-11' AND customer_day.day < '2026-01-10' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.contract_on IS NULL OR order_days.contract_on > order_days.day) UNION ALL SELECT contract_terms.customer_no AS customer_no, contract_terms.industry AS industry, contract_terms.starts_on AS since_on, contract_terms.churned_on AS dead_on, contract_terms.next_starts_on AS next_on
FROM (SELECT contract_term.customer_no AS customer_no, contract_term.starts_on AS starts_on, contract_term.churned_on AS churned_on, contract_term.next_starts_on AS next_starts_on, contract_term.industry AS industry
FROM contract_term
WHERE contract_term.team IN ('Scope Team A', 'Scope Team B') AND contract_term.region IN ('East') AND contract_term.tier IN ('general', 'high')) AS contract_terms) AS spells
WHERE spells.since_on < '2026-01-10' AND (spells.next_on IS NULL OR spells.next_on >= '2026-01-10') AND spells.dead_on >= '2026-01-10' UNION ALL SELECT spells.customer_no AS customer_no, spells.industry AS industry, 0 AS alive_start, 1 AS alive_end
FROM (SELECT order_days.customer_no AS customer_no, order_days.industry AS industry, order_days.day AS since_on, (order_days.day + CAST(91 AS INTEGER)) AS dead_on, CASE WHEN (order_days.next_on IS NULL) THEN order_days.contract_on WHEN (order_days.contract_on IS NOT NULL AND order_days.contract_on <= order_days.next_on) THEN order_days.contract_on ELSE order_days.next_on END AS next_on
FROM (SELECT customer_day.customer_no AS customer_no, customer_day.day AS day, customer_day.next_on AS next_on, customer_day.contract_on AS contract_on, customer_day.orders AS orders, customer_day.industry AS industry
FROM customer_day
WHERE customer_day.day >= '2026-03-22' AND customer_day.day < '2026-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.contract_on IS NULL OR order_days.contract_on > order_days.day) UNION ALL SELECT contract_terms.customer_no AS customer_no, contract_terms.industry AS industry, contract_terms.starts_on AS since_on, contract_terms.churned_on AS dead_on, contract_terms.next_starts_on AS next_on
FROM (SELECT contract_term.customer_no AS customer_no, contract_term.starts_on AS starts_on, contract_term.churned_on AS churned_on, contract_term.next_starts_on AS next_starts_on, contract_term.industry AS industry
FROM contract_term
WHERE contract_term.team IN ('Scope Team A', 'Scope Team B') AND contract_term.region IN ('East') AND contract_term.tier IN ('general', 'high')) AS contract_terms) AS spells
WHERE spells.since_on < '2026-06-21' AND (spells.next_on IS NULL OR spells.next_on >= '2026-06-21') AND spells.dead_on >= '2026-06-21') AS ends GROUP BY ends.customer_no) AS churn GROUP BY churn.industry UNION ALL SELECT churn.industry AS key, 'before' AS slot, coalesce(CAST(sum(churn.lost) AS BIGINT), 0) AS churned_customers, coalesce(CAST(sum(churn.alive_start) AS BIGINT), 0) AS alive_at_start
FROM (SELECT min(ends.industry) AS industry, max(ends.alive_start) AS alive_start, max(ends.alive_start) * (1 - max(ends.alive_end)) AS lost, max(ends.alive_end) AS alive_end, 0 AS ever_end
FROM (SELECT spells.customer_no AS customer_no, spells.industry AS industry, 1 AS alive_start, 0 AS alive_end
FROM (SELECT order_days.customer_no AS customer_no, order_days.industry AS industry, order_days.day AS since_on, (order_days.day + CAST(91 AS INTEGER)) AS dead_on, CASE WHEN (order_days.next_on IS NULL) THEN order_days.contract_on WHEN (order_days.contract_on IS NOT NULL AND order_days.contract_on <= order_days.next_on) THEN order_days.contract_on ELSE order_days.next_on END AS next_on
FROM (SELECT customer_day.customer_no AS customer_no, customer_day.day AS day, customer_day.next_on AS next_on, customer_day.contract_on AS contract_on, customer_day.orders AS orders, customer_day.industry AS industry
FROM customer_day
WHERE customer_day.day >= '2024-10-11' AND customer_day.day < '2025-01-10' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.contract_on IS NULL OR order_days.contract_on > order_days.day) UNION ALL SELECT contract_terms.customer_no AS customer_no, contract_terms.industry AS industry, contract_terms.starts_on AS since_on, contract_terms.churned_on AS dead_on, contract_terms.next_starts_on AS next_on
FROM (SELECT contract_term.customer_no AS customer_no, contract_term.starts_on AS starts_on, contract_term.churned_on AS churned_on, contract_term.next_starts_on AS next_starts_on, contract_term.industry AS industry
FROM contract_term
WHERE contract_term.team IN ('Scope Team A', 'Scope Team B') AND contract_term.region IN ('East') AND contract_term.tier IN ('general', 'high')) AS contract_terms) AS spells
WHERE spells.since_on < '2025-01-10' AND (spells.next_on IS NULL OR spells.next_on >= '2025-01-10') AND spells.dead_on >= '2025-01-10' UNION ALL SELECT spells.customer_no AS customer_no, spells.industry AS industry, 0 AS alive_start, 1 AS alive_end
FROM (SELECT order_days.customer_no AS customer_no, order_days.industry AS industry, order_days.day AS since_on, (order_days.day + CAST(91 AS INTEGER)) AS dead_on, CASE WHEN (order_days.next_on IS NULL) THEN order_days.contract_on WHEN (order_days.contract_on IS NOT NULL AND order_days.contract_on <= order_days.next_on) THEN order_days.contract_on ELSE order_days.next_on END AS next_on
FROM (SELECT customer_day.customer_no AS customer_no, customer_day.day AS day, customer_day.next_on AS next_on, customer_day.contract_on AS contract_on, customer_day.orders AS orders, customer_day.industry AS industry
FROM customer_day
WHERE customer_day.day >= '2025-03-22' AND customer_day.day < '2025-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.contract_on IS NULL OR order_days.contract_on > order_days.day) UNION ALL SELECT contract_terms.customer_no AS customer_no, contract_terms.industry AS industry, contract_terms.starts_on AS since_on, contract_terms.churned_on AS dead_on, contract_terms.next_starts_on AS next_on
FROM (SELECT contract_term.customer_no AS customer_no, contract_term.starts_on AS starts_on, contract_term.churned_on AS churned_on, contract_term.next_starts_on AS next_starts_on, contract_term.industry AS industry
FROM contract_term
WHERE contract_term.team IN ('Scope Team A', 'Scope Team B') AND contract_term.region IN ('East') AND contract_term.tier IN ('general', 'high')) AS contract_terms) AS spells
WHERE spells.since_on < '2025-06-21' AND (spells.next_on IS NULL OR spells.next_on >= '2025-06-21') AND spells.dead_on >= '2025-06-21') AS ends GROUP BY ends.customer_no) AS churn GROUP BY churn.industry) AS parts GROUP BY parts.key) AS sides) AS ranked
WHERE ranked.key IS NOT NULL ORDER BY ranked.churn_rate DESC NULLS LAST, ranked.key
LIMIT 200

-- members
SELECT everyone.customer_id, everyone.name, everyone.region, everyone.city, everyone.industry, everyone.team, everyone.rep, everyone.tier, merged.churned_customers AS churned_customers, merged.alive_at_start AS alive_at_start, CAST(merged.churned_customers AS DOUBLE PRECISION) / nullif(CAST(merged.alive_at_start AS DOUBLE PRECISION), 0) AS churn_rate
FROM (SELECT parts.key AS key, max(parts.churned_customers) AS churned_customers, max(parts.alive_at_start) AS alive_at_start
FROM (SELECT churn.customer_no AS key, '' AS slot, coalesce(CAST(sum(churn.lost) AS BIGINT), 0) AS churned_customers, coalesce(CAST(sum(churn.alive_start) AS BIGINT), 0) AS alive_at_start
FROM (SELECT min(ends.customer_no) AS customer_no, max(ends.alive_start) AS alive_start, max(ends.alive_start) * (1 - max(ends.alive_end)) AS lost, max(ends.alive_end) AS alive_end, 0 AS ever_end
FROM (SELECT spells.customer_no AS customer_no, 1 AS alive_start, 0 AS alive_end
FROM (SELECT order_days.customer_no AS customer_no, order_days.customer_no AS customer_no__1, order_days.day AS since_on, (order_days.day + CAST(91 AS INTEGER)) AS dead_on, CASE WHEN (order_days.next_on IS NULL) THEN order_days.contract_on WHEN (order_days.contract_on IS NOT NULL AND order_days.contract_on <= order_days.next_on) THEN order_days.contract_on ELSE order_days.next_on END AS next_on
FROM (SELECT customer_day.customer_no AS customer_no, customer_day.day AS day, customer_day.next_on AS next_on, customer_day.contract_on AS contract_on, customer_day.orders AS orders
FROM customer_day
WHERE customer_day.day >= '2025-10-11' AND customer_day.day < '2026-01-10' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.contract_on IS NULL OR order_days.contract_on > order_days.day) UNION ALL SELECT contract_terms.customer_no AS customer_no, contract_terms.customer_no AS customer_no__2, contract_terms.starts_on AS since_on, contract_terms.churned_on AS dead_on, contract_terms.next_starts_on AS next_on
FROM (SELECT contract_term.customer_no AS customer_no, contract_term.starts_on AS starts_on, contract_term.churned_on AS churned_on, contract_term.next_starts_on AS next_starts_on
FROM contract_term
WHERE contract_term.team IN ('Scope Team A', 'Scope Team B') AND contract_term.region IN ('East') AND contract_term.tier IN ('general', 'high')) AS contract_terms) AS spells
WHERE spells.since_on < '2026-01-10' AND (spells.next_on IS NULL OR spells.next_on >= '2026-01-10') AND spells.dead_on >= '2026-01-10' UNION ALL SELECT spells.customer_no AS customer_no, 0 AS alive_start, 1 AS alive_end
FROM (SELECT order_days.customer_no AS customer_no, order_days.customer_no AS customer_no__3, order_days.day AS since_on, (order_days.day + CAST(91 AS INTEGER)) AS dead_on, CASE WHEN (order_days.next_on IS NULL) THEN order_days.contract_on WHEN (order_days.contract_on IS NOT NULL AND order_days.contract_on <= order_days.next_on) THEN order_days.contract_on ELSE order_days.next_on END AS next_on
FROM (SELECT customer_day.customer_no AS customer_no, customer_day.day AS day, customer_day.next_on AS next_on, customer_day.contract_on AS contract_on, customer_day.orders AS orders
FROM customer_day
WHERE customer_day.day >= '2026-03-22' AND customer_day.day < '2026-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.contract_on IS NULL OR order_days.contract_on > order_days.day) UNION ALL SELECT contract_terms.customer_no AS customer_no, contract_terms.customer_no AS customer_no__4, contract_terms.starts_on AS since_on, contract_terms.churned_on AS dead_on, contract_terms.next_starts_on AS next_on
FROM (SELECT contract_term.customer_no AS customer_no, contract_term.starts_on AS starts_on, contract_term.churned_on AS churned_on, contract_term.next_starts_on AS next_starts_on
FROM contract_term
WHERE contract_term.team IN ('Scope Team A', 'Scope Team B') AND contract_term.region IN ('East') AND contract_term.tier IN ('general', 'high')) AS contract_terms) AS spells
WHERE spells.since_on < '2026-06-21' AND (spells.next_on IS NULL OR spells.next_on >= '2026-06-21') AND spells.dead_on >= '2026-06-21') AS ends GROUP BY ends.customer_no) AS churn GROUP BY churn.customer_no) AS parts GROUP BY parts.key) AS merged JOIN (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS everyone ON everyone.customer_no = merged.key
WHERE coalesce(merged.churned_customers, 0) != 0 OR coalesce(merged.alive_at_start, 0) != 0 ORDER BY merged.churned_customers DESC NULLS LAST, everyone.customer_id
