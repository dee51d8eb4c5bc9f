-- question
SELECT months.month, CAST(sum(months.is_new) AS BIGINT) AS "new", CAST(sum(months.is_resumed) AS BIGINT) AS resumed, CAST(sum(months.is_retained) AS BIGINT) AS retained, CAST(sum(months.is_lapsed) AS BIGINT) AS lapsed
FROM (SELECT cube_month.month AS month, cube_month.is_new AS is_new, cube_month.is_resumed AS is_resumed, cube_month.is_retained AS is_retained, cube_month.is_lapsed AS is_lapsed
FROM cube_month
WHERE cube_month.month >= '2025-06-01' AND cube_month.month < '2026-07-01' AND cube_month.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND cube_month.region IN (CAST('East' AS region_t)) AND cube_month.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS months GROUP BY months.month ORDER BY months.month

-- members
SELECT everyone.customer_id, everyone.name, everyone.team, everyone.rep, month_customers.month, month_customers.is_new AS "new", month_customers.is_resumed AS resumed, month_customers.is_retained AS retained, month_customers.is_lapsed AS lapsed
FROM (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.team AS team, customer_current.rep AS rep
FROM customer_current
WHERE customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS everyone, (SELECT customer_month.customer_no AS customer_no, customer_month.month AS month, customer_month.is_new AS is_new, customer_month.is_resumed AS is_resumed, customer_month.is_retained AS is_retained, customer_month.is_lapsed AS is_lapsed
FROM customer_month
WHERE customer_month.month >= '2025-06-01' AND customer_month.month < '2026-07-01' AND customer_month.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_month.region IN (CAST('East' AS region_t)) AND customer_month.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS month_customers
WHERE everyone.customer_no = month_customers.customer_no AND (month_customers.is_new = 1 OR month_customers.is_resumed = 1 OR month_customers.is_retained = 1 OR month_customers.is_lapsed = 1) ORDER BY month_customers.month DESC, everyone.customer_id
