-- question
SELECT parts.month, CAST(sum(parts.value) AS BIGINT) AS value, CAST(sum(parts.before) AS BIGINT) AS before
FROM (SELECT (CAST(months.month AS DATE) - (CAST(day(CAST(months.month AS DATE)) AS INTEGER) - 1)) AS month, months.net AS value, CAST(NULL AS BIGINT) AS before
FROM (SELECT cube_month.month AS month, cube_month.net AS net
FROM cube_month
WHERE cube_month.month >= '2025-06-01' AND cube_month.month < '2026-07-01' AND cube_month.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND cube_month.region IN (CAST('East' AS region_t)) AND cube_month.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS months UNION ALL SELECT (CAST(CAST(months.month + to_months(CAST(12 AS INTEGER)) AS DATE) AS DATE) - (CAST(day(CAST(CAST(months.month + to_months(CAST(12 AS INTEGER)) AS DATE) AS DATE)) AS INTEGER) - 1)) AS month, CAST(NULL AS BIGINT) AS value, months.net AS before
FROM (SELECT cube_month.month AS month, cube_month.net AS net
FROM cube_month
WHERE cube_month.month >= '2024-06-01' AND cube_month.month < '2025-07-01' AND cube_month.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND cube_month.region IN (CAST('East' AS region_t)) AND cube_month.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS months) AS parts GROUP BY parts.month ORDER BY parts.month

-- members
SELECT everyone.customer_id, everyone.name, everyone.region, everyone.city, everyone.industry, everyone.team, everyone.rep, everyone.tier, merged.revenue AS revenue
FROM (SELECT parts.key AS key, max(parts.revenue) AS revenue
FROM (SELECT facts.customer_no AS key, '' AS slot, coalesce(CAST(sum(facts.net) AS BIGINT), 0) AS revenue
FROM (SELECT months.customer_no AS customer_no, months.net AS net
FROM (SELECT customer_month.net AS net, customer_month.customer_no AS customer_no
FROM customer_month
WHERE customer_month.month >= '2026-02-01' AND customer_month.month < '2026-06-01' AND customer_month.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_month.region IN (CAST('East' AS region_t)) AND customer_month.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS months UNION ALL SELECT order_days.customer_no AS customer_no, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.customer_no AS customer_no
FROM customer_day
WHERE customer_day.day >= '2026-01-10' AND customer_day.day < '2026-02-01' AND customer_day.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_day.region IN (CAST('East' AS region_t)) AND customer_day.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS order_days UNION ALL SELECT order_days.customer_no AS customer_no, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.customer_no AS customer_no
FROM customer_day
WHERE customer_day.day >= '2026-06-01' AND customer_day.day < '2026-06-21' AND customer_day.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_day.region IN (CAST('East' AS region_t)) AND customer_day.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS order_days) AS facts
WHERE facts.customer_no IS NOT NULL GROUP BY facts.customer_no) AS parts GROUP BY parts.key) AS merged JOIN (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS everyone ON everyone.customer_no = merged.key
WHERE coalesce(merged.revenue, 0) != 0 ORDER BY merged.revenue DESC NULLS LAST, everyone.customer_id
