-- question
WITH cells AS MATERIALIZED
(SELECT 'now' AS slot, facts.team AS team, facts.industry AS industry, facts.region AS region, facts.source AS source, CAST(sum(facts.net) AS BIGINT) AS amount
FROM (SELECT months.team AS team, months.industry AS industry, months.region AS region, months.source AS source, months.net AS net
FROM (SELECT cube_month.net AS net, cube_month.team AS team, cube_month.industry AS industry, cube_month.region AS region, cube_month.source AS source
FROM cube_month
WHERE cube_month.month >= '2026-02-01' AND cube_month.month < '2026-06-01' AND cube_month.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND cube_month.region IN (CAST('East' AS region_t)) AND cube_month.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS months UNION ALL SELECT order_days.team AS team, order_days.industry AS industry, order_days.region AS region, order_days.source AS source, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.team AS team, customer_day.industry AS industry, customer_day.region AS region, customer_day.source AS source
FROM customer_day
WHERE customer_day.day >= '2026-01-10' AND customer_day.day < '2026-02-01' AND customer_day.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_day.region IN (CAST('East' AS region_t)) AND customer_day.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS order_days UNION ALL SELECT order_days.team AS team, order_days.industry AS industry, order_days.region AS region, order_days.source AS source, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.team AS team, customer_day.industry AS industry, customer_day.region AS region, customer_day.source AS source
FROM customer_day
WHERE customer_day.day >= '2026-06-01' AND customer_day.day < '2026-06-21' AND customer_day.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_day.region IN (CAST('East' AS region_t)) AND customer_day.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS order_days) AS facts GROUP BY facts.team, facts.industry, facts.region, facts.source UNION ALL SELECT 'before' AS slot, facts.team AS team, facts.industry AS industry, facts.region AS region, facts.source AS source, CAST(sum(facts.net) AS BIGINT) AS amount
FROM (SELECT months.team AS team, months.industry AS industry, months.region AS region, months.source AS source, months.net AS net
FROM (SELECT cube_month.net AS net, cube_month.team AS team, cube_month.industry AS industry, cube_month.region AS region, cube_month.source AS source
FROM cube_month
WHERE cube_month.month >= '2025-02-01' AND cube_month.month < '2025-06-01' AND cube_month.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND cube_month.region IN (CAST('East' AS region_t)) AND cube_month.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS months UNION ALL SELECT order_days.team AS team, order_days.industry AS industry, order_days.region AS region, order_days.source AS source, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.team AS team, customer_day.industry AS industry, customer_day.region AS region, customer_day.source AS source
FROM customer_day
WHERE customer_day.day >= '2025-01-10' AND customer_day.day < '2025-02-01' AND customer_day.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_day.region IN (CAST('East' AS region_t)) AND customer_day.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS order_days UNION ALL SELECT order_days.team AS team, order_days.industry AS industry, order_days.region AS region, order_days.source AS source, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.team AS team, customer_day.industry AS industry, customer_day.region AS region, customer_day.source AS source
FROM customer_day
WHERE customer_day.day >= '2025-06-01' AND customer_day.day < '2025-06-21' AND customer_day.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_day.region IN (CAST('East' AS region_t)) AND customer_day.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS order_days) AS facts GROUP BY facts.team, facts.industry, facts.region, facts.source)
SELECT parts.dimension, parts.key, parts.top, parts.bottom, parts.top_before, parts.bottom_before
FROM (SELECT 'team' AS dimension, coalesce(CAST(cells.team AS TEXT), '(none)') AS key, CAST(sum(CASE WHEN (cells.slot = 'now') THEN cells.amount END) AS BIGINT) AS top, CAST(NULL AS BIGINT) AS bottom, CAST(sum(CASE WHEN (cells.slot = 'before') THEN cells.amount END) AS BIGINT) AS top_before, CAST(NULL AS BIGINT) AS bottom_before
FROM cells GROUP BY cells.team UNION ALL SELECT 'industry' AS dimension, coalesce(CAST(cells.industry AS TEXT), '(none)') AS key, CAST(sum(CASE WHEN (cells.slot = 'now') THEN cells.amount END) AS BIGINT) AS top, CAST(NULL AS BIGINT) AS bottom, CAST(sum(CASE WHEN (cells.slot = 'before') THEN cells.amount END) AS BIGINT) AS top_before, CAST(NULL AS BIGINT) AS bottom_before
FROM cells GROUP BY cells.industry UNION ALL SELECT 'region' AS dimension, coalesce(CAST(cells.region AS TEXT), '(none)') AS key, CAST(sum(CASE WHEN (cells.slot = 'now') THEN cells.amount END) AS BIGINT) AS top, CAST(NULL AS BIGINT) AS bottom, CAST(sum(CASE WHEN (cells.slot = 'before') THEN cells.amount END) AS BIGINT) AS top_before, CAST(NULL AS BIGINT) AS bottom_before
FROM cells GROUP BY cells.region UNION ALL SELECT 'source' AS dimension, coalesce(CAST(cells.source AS TEXT), '(none)') AS key, CAST(sum(CASE WHEN (cells.slot = 'now') THEN cells.amount END) AS BIGINT) AS top, CAST(NULL AS BIGINT) AS bottom, CAST(sum(CASE WHEN (cells.slot = 'before') THEN cells.amount END) AS BIGINT) AS top_before, CAST(NULL AS BIGINT) AS bottom_before
FROM cells GROUP BY cells.source) AS parts ORDER BY parts.dimension, parts.key

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
