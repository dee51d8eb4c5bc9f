-- question
SELECT banded.position, CASE WHEN (banded.position = 10) THEN '10+' WHEN (banded.position = 5) THEN '5-9' WHEN (banded.position = 3) THEN '3-4' WHEN (banded.position = 2) THEN '2' WHEN (banded.position = 1) THEN '1' END AS band, count(*) AS customers, CAST(sum(banded.orders) AS BIGINT) AS orders
FROM (SELECT CASE WHEN (customers.orders >= 10) THEN 10 WHEN (customers.orders >= 5) THEN 5 WHEN (customers.orders >= 3) THEN 3 WHEN (customers.orders >= 2) THEN 2 WHEN (customers.orders >= 1) THEN 1 END AS position, customers.orders AS orders
FROM (SELECT customer_current.orders AS orders
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE customers.orders > 0) AS banded GROUP BY banded.position ORDER BY banded.position

-- members
SELECT customers.customer_id, customers.name, customers.team, customers.rep, customers.first_on, customers.last_on, CASE WHEN (customers.orders >= 10) THEN '10+' WHEN (customers.orders >= 5) THEN '5-9' WHEN (customers.orders >= 3) THEN '3-4' WHEN (customers.orders >= 2) THEN '2' WHEN (customers.orders >= 1) THEN '1' END AS band, customers.orders
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.team AS team, customer_current.rep AS rep, customer_current.orders AS orders, customer_current.first_on AS first_on, customer_current.last_on AS last_on
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE customers.orders > 0 ORDER BY customers.orders DESC, customers.customer_id
