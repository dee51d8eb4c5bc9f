-- question
SELECT returns_by_month.month, CAST(sum(returns_by_month.won_back) AS BIGINT) AS value, CAST(NULL AS BIGINT) AS before
FROM (SELECT (CAST(returned.day AS DATE) - (CAST(day(CAST(returned.day AS DATE)) AS INTEGER) - 1)) AS month, returned.won_back AS won_back
FROM (SELECT order_days.day AS day, (CAST(order_days.day AS DATE) - CAST(order_days.previous_on AS DATE)) AS gap_days, 1 AS won_back
FROM (SELECT customer_day.day AS day, customer_day.previous_on AS previous_on, customer_day.contract_on AS contract_on
FROM customer_day
WHERE customer_day.day >= '2025-06-01' AND customer_day.day < '2026-07-01' AND customer_day.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_day.region IN (CAST('East' AS region_t)) AND customer_day.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS order_days
WHERE order_days.previous_on IS NOT NULL AND order_days.day > (order_days.previous_on + CAST(90 AS INTEGER)) AND (order_days.contract_on IS NULL OR order_days.contract_on > order_days.day)) AS returned) AS returns_by_month GROUP BY returns_by_month.month ORDER BY returns_by_month.month

-- members
SELECT customers.customer_id, customers.name, customers.region, customers.city, customers.industry, customers.team, customers.rep, customers.tier, returns.day, returns.gap_days, returns.won_back
FROM (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers, (SELECT order_days.customer_no AS customer_no, order_days.day AS day, (CAST(order_days.day AS DATE) - CAST(order_days.previous_on AS DATE)) AS gap_days, 1 AS won_back
FROM (SELECT customer_day.day AS day, customer_day.previous_on AS previous_on, customer_day.contract_on AS contract_on, customer_day.customer_no AS customer_no
FROM customer_day
WHERE customer_day.day >= '2025-06-01' AND customer_day.day < '2026-07-01' AND customer_day.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_day.region IN (CAST('East' AS region_t)) AND customer_day.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS order_days
WHERE order_days.previous_on IS NOT NULL AND order_days.day > (order_days.previous_on + CAST(90 AS INTEGER)) AND (order_days.contract_on IS NULL OR order_days.contract_on > order_days.day)) AS returns
WHERE customers.customer_no = returns.customer_no ORDER BY returns.day DESC, customers.customer_id
