-- question
SELECT customers.customer_id, customers.name, customers.team, customers.rep, CAST(customers.tier AS TEXT) AS tier, CAST(customers.tier_raw AS TEXT) AS tier_raw, CAST(customers.score AS DOUBLE PRECISION) / 100.0 AS score, customers.margin_12m AS historical_12m
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier, customer_current.tier_raw AS tier_raw, customer_current.score AS score, customer_current.margin_12m AS margin_12m
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE CAST(customers.tier AS TEXT) != CAST(customers.tier_raw AS TEXT) ORDER BY customers.margin_12m DESC NULLS LAST, customers.customer_id
LIMIT 12

-- members
SELECT customers.customer_id, customers.name, customers.team, customers.rep, CAST(customers.tier AS TEXT) AS tier, CAST(customers.tier_raw AS TEXT) AS tier_raw, CAST(customers.score AS DOUBLE PRECISION) / 100.0 AS score, customers.margin_12m AS historical_12m
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier, customer_current.tier_raw AS tier_raw, customer_current.score AS score, customer_current.margin_12m AS margin_12m
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE CAST(customers.tier AS TEXT) != CAST(customers.tier_raw AS TEXT) ORDER BY customers.margin_12m DESC NULLS LAST, customers.customer_id
