-- question
SELECT mapped.band, mapped.tenth, count(*) AS customers, CAST(sum(mapped.value) AS BIGINT) AS value
FROM (SELECT CASE WHEN (customers.value >= 3000000000) THEN 8 WHEN (customers.value >= 1000000000) THEN 7 WHEN (customers.value >= 300000000) THEN 6 WHEN (customers.value >= 100000000) THEN 5 WHEN (customers.value >= 30000000) THEN 4 WHEN (customers.value >= 10000000) THEN 3 WHEN (customers.value >= 3000000) THEN 2 WHEN (customers.value >= 1000000) THEN 1 ELSE 0 END AS band, CAST(least(floor(customers.risk * 10.0), 9) AS INTEGER) AS tenth, customers.value AS value
FROM (SELECT customer_current.value AS value, customer_current.risk AS risk, customer_current.is_churned AS is_churned
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE NOT customers.is_churned AND customers.value IS NOT NULL AND customers.risk IS NOT NULL) AS mapped GROUP BY mapped.band, mapped.tenth ORDER BY mapped.band, mapped.tenth

-- members
SELECT customers.customer_id, customers.name, customers.region, customers.team, customers.rep, customers.tier, customers.value AS customer_asset, customers.risk
FROM (SELECT customer_current.value AS value, customer_current.risk AS risk, customer_current.is_churned AS is_churned, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE NOT customers.is_churned AND customers.value IS NOT NULL AND customers.risk IS NOT NULL ORDER BY customers.value DESC, customers.customer_id
