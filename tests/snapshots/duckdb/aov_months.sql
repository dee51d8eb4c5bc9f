-- question
SELECT parts.month, CAST(CAST(sum(parts.now_top) AS BIGINT) AS DOUBLE PRECISION) / nullif(CAST(CAST(sum(parts.now_bottom) AS BIGINT) AS DOUBLE PRECISION), 0) AS value, CAST(CAST(sum(parts.before_top) AS BIGINT) AS DOUBLE PRECISION) / nullif(CAST(CAST(sum(parts.before_bottom) AS BIGINT) AS DOUBLE PRECISION), 0) AS before
FROM (SELECT (CAST(months.month AS DATE) - (CAST(day(CAST(months.month AS DATE)) AS INTEGER) - 1)) AS month, months.gross AS now_top, months.orders AS now_bottom, CAST(NULL AS BIGINT) AS before_top, CAST(NULL AS INTEGER) AS before_bottom
FROM (SELECT cube_month.month AS month, cube_month.gross AS gross, cube_month.orders AS orders
FROM cube_month
WHERE cube_month.month >= '2025-06-01' AND cube_month.month < '2026-07-01' AND cube_month.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND cube_month.region IN (CAST('East' AS region_t)) AND cube_month.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS months UNION ALL SELECT (CAST(CAST(months.month + to_months(CAST(12 AS INTEGER)) AS DATE) AS DATE) - (CAST(day(CAST(CAST(months.month + to_months(CAST(12 AS INTEGER)) AS DATE) AS DATE)) AS INTEGER) - 1)) AS month, CAST(NULL AS BIGINT) AS now_top, CAST(NULL AS INTEGER) AS now_bottom, months.gross AS before_top, months.orders AS before_bottom
FROM (SELECT cube_month.month AS month, cube_month.gross AS gross, cube_month.orders AS orders
FROM cube_month
WHERE cube_month.month >= '2024-06-01' AND cube_month.month < '2025-07-01' AND cube_month.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND cube_month.region IN (CAST('East' AS region_t)) AND cube_month.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS months) AS parts GROUP BY parts.month ORDER BY parts.month

-- members
SELECT everyone.customer_id, everyone.name, everyone.region, everyone.city, everyone.industry, everyone.team, everyone.rep, everyone.tier, merged.gross_revenue AS gross_revenue, merged.orders AS orders, CAST(merged.gross_revenue AS DOUBLE PRECISION) / nullif(CAST(merged.orders AS DOUBLE PRECISION), 0) AS aov
FROM (SELECT parts.key AS key, max(parts.gross_revenue) AS gross_revenue, max(parts.orders) AS orders
FROM (SELECT facts.customer_no AS key, '' AS slot, coalesce(CAST(sum(facts.gross) AS BIGINT), 0) AS gross_revenue, coalesce(CAST(sum(facts.orders) AS BIGINT), 0) AS orders
FROM (SELECT months.customer_no AS customer_no, months.gross AS gross, months.orders AS orders
FROM (SELECT customer_month.gross AS gross, customer_month.orders AS orders, customer_month.customer_no AS customer_no
FROM customer_month
WHERE customer_month.month >= '2026-02-01' AND customer_month.month < '2026-06-01' AND customer_month.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_month.region IN (CAST('East' AS region_t)) AND customer_month.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS months UNION ALL SELECT order_days.customer_no AS customer_no, order_days.gross AS gross, order_days.orders AS orders
FROM (SELECT customer_day.gross AS gross, customer_day.orders AS orders, customer_day.customer_no AS customer_no
FROM customer_day
WHERE customer_day.day >= '2026-01-10' AND customer_day.day < '2026-02-01' AND customer_day.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_day.region IN (CAST('East' AS region_t)) AND customer_day.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS order_days UNION ALL SELECT order_days.customer_no AS customer_no, order_days.gross AS gross, order_days.orders AS orders
FROM (SELECT customer_day.gross AS gross, customer_day.orders AS orders, customer_day.customer_no AS customer_no
FROM customer_day
WHERE customer_day.day >= '2026-06-01' AND customer_day.day < '2026-06-21' AND customer_day.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_day.region IN (CAST('East' AS region_t)) AND customer_day.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS order_days) AS facts
WHERE facts.customer_no IS NOT NULL GROUP BY facts.customer_no) AS parts GROUP BY parts.key) AS merged JOIN (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS everyone ON everyone.customer_no = merged.key
WHERE coalesce(merged.gross_revenue, 0) != 0 OR coalesce(merged.orders, 0) != 0 ORDER BY merged.gross_revenue DESC NULLS LAST, everyone.customer_id
