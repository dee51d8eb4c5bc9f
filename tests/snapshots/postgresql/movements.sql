-- question
SELECT parts.dimension, parts.key, parts.revenue, parts.revenue_before, coalesce(parts.revenue, 0) - coalesce(parts.revenue_before, 0) AS change
FROM (SELECT 'team' AS dimension, team.key AS key, team.revenue AS revenue, team.revenue_before AS revenue_before
FROM (SELECT ranked.key AS key, ranked.revenue AS revenue, ranked.revenue_before AS revenue_before
FROM (SELECT CAST(sides.key AS TEXT) AS key, sides.now_revenue AS revenue, sides.before_revenue AS revenue_before
FROM (SELECT parts.key AS key, max(CASE WHEN (parts.slot = 'now') THEN parts.revenue END) AS now_revenue, max(CASE WHEN (parts.slot = 'before') THEN parts.revenue END) AS before_revenue
FROM (SELECT facts.team AS key, 'now' AS slot, coalesce(CAST(sum(facts.net) AS BIGINT), 0) AS revenue
FROM (SELECT months.team AS team, months.net AS net
FROM (SELECT cube_month.net AS net, cube_month.team AS team
FROM cube_month
WHERE cube_month.month >= '2026-02-01' AND cube_month.month < '2026-06-01' AND cube_month.team IN ('Scope Team A', 'Scope Team B') AND cube_month.region IN ('East') AND cube_month.tier IN ('general', 'high')) AS months UNION ALL SELECT order_days.team AS team, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.team AS team
FROM customer_day
WHERE customer_day.day >= '2026-01-10' AND customer_day.day < '2026-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days UNION ALL SELECT order_days.team AS team, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.team AS team
FROM customer_day
WHERE customer_day.day >= '2026-06-01' AND customer_day.day < '2026-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days) AS facts GROUP BY facts.team UNION ALL SELECT facts.team AS key, 'before' AS slot, coalesce(CAST(sum(facts.net) AS BIGINT), 0) AS revenue
FROM (SELECT months.team AS team, months.net AS net
FROM (SELECT cube_month.net AS net, cube_month.team AS team
FROM cube_month
WHERE cube_month.month >= '2025-02-01' AND cube_month.month < '2025-06-01' AND cube_month.team IN ('Scope Team A', 'Scope Team B') AND cube_month.region IN ('East') AND cube_month.tier IN ('general', 'high')) AS months UNION ALL SELECT order_days.team AS team, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.team AS team
FROM customer_day
WHERE customer_day.day >= '2025-01-10' AND customer_day.day < '2025-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days UNION ALL SELECT order_days.team AS team, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.team AS team
FROM customer_day
WHERE customer_day.day >= '2025-06-01' AND customer_day.day < '2025-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days) AS facts GROUP BY facts.team) AS parts GROUP BY parts.key) AS sides) AS ranked
WHERE ranked.key IS NOT NULL ORDER BY ranked.revenue DESC NULLS LAST, ranked.key
LIMIT 200) AS team UNION ALL SELECT 'industry' AS dimension, industry.key AS key, industry.revenue AS revenue, industry.revenue_before AS revenue_before
FROM (SELECT ranked.key AS key, ranked.revenue AS revenue, ranked.revenue_before AS revenue_before
FROM (SELECT CAST(sides.key AS TEXT) AS key, sides.now_revenue AS revenue, sides.before_revenue AS revenue_before
FROM (SELECT parts.key AS key, max(CASE WHEN (parts.slot = 'now') THEN parts.revenue END) AS now_revenue, max(CASE WHEN (parts.slot = 'before') THEN parts.revenue END) AS before_revenue
FROM (SELECT facts.industry AS key, 'now' AS slot, coalesce(CAST(sum(facts.net) AS BIGINT), 0) AS revenue
FROM (SELECT months.industry AS industry, months.net AS net
FROM (SELECT cube_month.net AS net, cube_month.industry AS industry
FROM cube_month
WHERE cube_month.month >= '2026-02-01' AND cube_month.month < '2026-06-01' AND cube_month.team IN ('Scope Team A', 'Scope Team B') AND cube_month.region IN ('East') AND cube_month.tier IN ('general', 'high')) AS months UNION ALL SELECT order_days.industry AS industry, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.industry AS industry
FROM customer_day
WHERE customer_day.day >= '2026-01-10' AND customer_day.day < '2026-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days UNION ALL SELECT order_days.industry AS industry, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.industry AS industry
FROM customer_day
WHERE customer_day.day >= '2026-06-01' AND customer_day.day < '2026-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days) AS facts GROUP BY facts.industry UNION ALL SELECT facts.industry AS key, 'before' AS slot, coalesce(CAST(sum(facts.net) AS BIGINT), 0) AS revenue
FROM (SELECT months.industry AS industry, months.net AS net
FROM (SELECT cube_month.net AS net, cube_month.industry AS industry
FROM cube_month
WHERE cube_month.month >= '2025-02-01' AND cube_month.month < '2025-06-01' AND cube_month.team IN ('Scope Team A', 'Scope Team B') AND cube_month.region IN ('East') AND cube_month.tier IN ('general', 'high')) AS months UNION ALL SELECT order_days.industry AS industry, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.industry AS industry
FROM customer_day
WHERE customer_day.day >= '2025-01-10' AND customer_day.day < '2025-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days UNION ALL SELECT order_days.industry AS industry, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.industry AS industry
FROM customer_day
WHERE customer_day.day >= '2025-06-01' AND customer_day.day < '2025-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days) AS facts GROUP BY facts.industry) AS parts GROUP BY parts.key) AS sides) AS ranked
WHERE ranked.key IS NOT NULL ORDER BY ranked.revenue DESC NULLS LAST, ranked.key
LIMIT 200) AS industry UNION ALL SELECT 'region' AS dimension, region.key AS key, region.revenue AS revenue, region.revenue_before AS revenue_before
FROM (SELECT ranked.key AS key, ranked.revenue AS revenue, ranked.revenue_before AS revenue_before
FROM (SELECT CAST(sides.key AS TEXT) AS key, sides.now_revenue AS revenue, sides.before_revenue AS revenue_before
FROM (SELECT parts.key AS key, max(CASE WHEN (parts.slot = 'now') THEN parts.revenue END) AS now_revenue, max(CASE WHEN (parts.slot = 'before') THEN parts.revenue END) AS before_revenue
FROM (SELECT facts.region AS key, 'now' AS slot, coalesce(CAST(sum(facts.net) AS BIGINT), 0) AS revenue
FROM (SELECT months.region AS region, months.net AS net
FROM (SELECT cube_month.net AS net, cube_month.region AS region
FROM cube_month
WHERE cube_month.month >= '2026-02-01' AND cube_month.month < '2026-06-01' AND cube_month.team IN ('Scope Team A', 'Scope Team B') AND cube_month.region IN ('East') AND cube_month.tier IN ('general', 'high')) AS months UNION ALL SELECT order_days.region AS region, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.region AS region
FROM customer_day
WHERE customer_day.day >= '2026-01-10' AND customer_day.day < '2026-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days UNION ALL SELECT order_days.region AS region, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.region AS region
FROM customer_day
WHERE customer_day.day >= '2026-06-01' AND customer_day.day < '2026-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days) AS facts GROUP BY facts.region UNION ALL SELECT facts.region AS key, 'before' AS slot, coalesce(CAST(sum(facts.net) AS BIGINT), 0) AS revenue
FROM (SELECT months.region AS region, months.net AS net
FROM (SELECT cube_month.net AS net, cube_month.region AS region
FROM cube_month
WHERE cube_month.month >= '2025-02-01' AND cube_month.month < '2025-06-01' AND cube_month.team IN ('Scope Team A', 'Scope Team B') AND cube_month.region IN ('East') AND cube_month.tier IN ('general', 'high')) AS months UNION ALL SELECT order_days.region AS region, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.region AS region
FROM customer_day
WHERE customer_day.day >= '2025-01-10' AND customer_day.day < '2025-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days UNION ALL SELECT order_days.region AS region, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.region AS region
FROM customer_day
WHERE customer_day.day >= '2025-06-01' AND customer_day.day < '2025-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days) AS facts GROUP BY facts.region) AS parts GROUP BY parts.key) AS sides) AS ranked
WHERE ranked.key IS NOT NULL ORDER BY ranked.revenue DESC NULLS LAST, ranked.key
LIMIT 200) AS region UNION ALL SELECT 'source' AS dimension, source.key AS key, source.revenue AS revenue, source.revenue_before AS revenue_before
FROM (SELECT ranked.key AS key, ranked.revenue AS revenue, ranked.revenue_before AS revenue_before
FROM (SELECT CAST(sides.key AS TEXT) AS key, sides.now_revenue AS revenue, sides.before_revenue AS revenue_before
FROM (SELECT parts.key AS key, max(CASE WHEN (parts.slot = 'now') THEN parts.revenue END) AS now_revenue, max(CASE WHEN (parts.slot = 'before') THEN parts.revenue END) AS before_revenue
FROM (SELECT facts.source AS key, 'now' AS slot, coalesce(CAST(sum(facts.net) AS BIGINT), 0) AS revenue
FROM (SELECT months.source AS source, months.net AS net
FROM (SELECT cube_month.net AS net, cube_month.source AS source
FROM cube_month
WHERE cube_month.month >= '2026-02-01' AND cube_month.month < '2026-06-01' AND cube_month.team IN ('Scope Team A', 'Scope Team B') AND cube_month.region IN ('East') AND cube_month.tier IN ('general', 'high')) AS months UNION ALL SELECT order_days.source AS source, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.source AS source
FROM customer_day
WHERE customer_day.day >= '2026-01-10' AND customer_day.day < '2026-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days UNION ALL SELECT order_days.source AS source, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.source AS source
FROM customer_day
WHERE customer_day.day >= '2026-06-01' AND customer_day.day < '2026-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days) AS facts GROUP BY facts.source UNION ALL SELECT facts.source AS key, 'before' AS slot, coalesce(CAST(sum(facts.net) AS BIGINT), 0) AS revenue
FROM (SELECT months.source AS source, months.net AS net
FROM (SELECT cube_month.net AS net, cube_month.source AS source
FROM cube_month
WHERE cube_month.month >= '2025-02-01' AND cube_month.month < '2025-06-01' AND cube_month.team IN ('Scope Team A', 'Scope Team B') AND cube_month.region IN ('East') AND cube_month.tier IN ('general', 'high')) AS months UNION ALL SELECT order_days.source AS source, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.source AS source
FROM customer_day
WHERE customer_day.day >= '2025-01-10' AND customer_day.day < '2025-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days UNION ALL SELECT order_days.source AS source, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.source AS source
FROM customer_day
WHERE customer_day.day >= '2025-06-01' AND customer_day.day < '2025-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days) AS facts GROUP BY facts.source) AS parts GROUP BY parts.key) AS sides) AS ranked
WHERE ranked.key IS NOT NULL ORDER BY ranked.revenue DESC NULLS LAST, ranked.key
LIMIT 200) AS source) AS parts ORDER BY abs(CAST(coalesce(parts.revenue, 0) - coalesce(parts.revenue_before, 0) AS FLOAT)) DESC, parts.dimension, parts.key
LIMIT 40

-- members
SELECT everyone.customer_id, everyone.name, everyone.region, everyone.city, everyone.industry, everyone.team, everyone.rep, everyone.tier, merged.revenue AS revenue
FROM (SELECT parts.key AS key, max(parts.revenue) AS revenue
FROM (SELECT facts.customer_no AS key, '' AS slot, coalesce(CAST(sum(facts.net) AS BIGINT), 0) AS revenue
FROM (SELECT months.customer_no AS customer_no, months.net AS net
FROM (SELECT customer_month.net AS net, customer_month.customer_no AS customer_no
FROM customer_month
WHERE customer_month.month >= '2026-02-01' AND customer_month.month < '2026-06-01' AND customer_month.team IN ('Scope Team A', 'Scope Team B') AND customer_month.region IN ('East') AND customer_month.tier IN ('general', 'high')) AS months UNION ALL SELECT order_days.customer_no AS customer_no, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.customer_no AS customer_no
FROM customer_day
WHERE customer_day.day >= '2026-01-10' AND customer_day.day < '2026-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days UNION ALL SELECT order_days.customer_no AS customer_no, order_days.net AS net
FROM (SELECT customer_day.net AS net, customer_day.customer_no AS customer_no
FROM customer_day
WHERE customer_day.day >= '2026-06-01' AND customer_day.day < '2026-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days) AS facts GROUP BY facts.customer_no) AS parts GROUP BY parts.key) AS merged JOIN (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS everyone ON everyone.customer_no = merged.key
WHERE coalesce(merged.revenue, 0) != 0 ORDER BY merged.revenue DESC NULLS LAST, everyone.customer_id
