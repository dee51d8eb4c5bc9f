-- question
SELECT stood.standing, count(*) AS customers
FROM (SELECT CAST(CASE WHEN (coalesce(customers.gross, 0) <= 0) THEN 'blank' ELSE 'held' END AS TEXT) AS standing
FROM (SELECT customer_current.gross AS gross
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers) AS stood GROUP BY stood.standing ORDER BY stood.standing

-- members
SELECT stood.customer_id, stood.name, stood.region, stood.team, stood.rep, stood.tier, stood.standing
FROM (SELECT customers.customer_id AS customer_id, customers.name AS name, customers.region AS region, customers.team AS team, customers.rep AS rep, customers.tier AS tier, CAST(CASE WHEN (coalesce(customers.gross, 0) <= 0) THEN 'blank' ELSE 'held' END AS TEXT) AS standing
FROM (SELECT customer_current.gross AS gross, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers) AS stood ORDER BY stood.standing, stood.customer_id
