-- question
SELECT by_tier.key, by_tier.tier, by_tier.customers, by_tier.value
FROM (SELECT split.key AS key, split.tier AS tier, CAST(sum(split.customers) AS BIGINT) AS customers, CAST(sum(split.margin_12m) AS BIGINT) AS value
FROM (SELECT CAST(customers.tier AS TEXT) AS tier, customers.score AS score, customers.margin_12m AS margin_12m, CAST(customers.team AS TEXT) AS key, 1 AS customers
FROM (SELECT customer_current.tier AS tier, customer_current.score AS score, customer_current.margin_12m AS margin_12m, customer_current.team AS team
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers) AS split GROUP BY split.key, split.tier) AS by_tier ORDER BY by_tier.key, by_tier.tier

-- members
SELECT listed.customer_id, listed.name, listed.tier, CAST(listed.score AS DOUBLE PRECISION) / 100.0 AS score, listed.margin_12m AS historical_12m
FROM (SELECT customers.customer_id AS customer_id, customers.name AS name, CAST(customers.tier AS TEXT) AS tier, customers.score AS score, customers.margin_12m AS margin_12m, 1 AS customers
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.tier AS tier, customer_current.score AS score, customer_current.margin_12m AS margin_12m
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers) AS listed ORDER BY listed.margin_12m DESC NULLS LAST, listed.customer_id
