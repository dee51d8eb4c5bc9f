-- question
SELECT CAST(customers.tier AS TEXT) AS tier, count(*) AS customers, CAST(sum(customers.margin_6m) AS BIGINT) AS historical_6m, CAST(sum(customers.margin_12m) AS BIGINT) AS historical_12m, CAST(sum(customers.margin) AS BIGINT) AS historical_value, CAST(sum(customers.simple_value) AS BIGINT) AS simple_clv, CAST(sum(customers.value) AS BIGINT) AS customer_asset
FROM (SELECT customer_current.tier AS tier, customer_current.margin_6m AS margin_6m, customer_current.margin_12m AS margin_12m, customer_current.margin AS margin, customer_current.simple_value AS simple_value, customer_current.value AS value
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers GROUP BY CAST(customers.tier AS TEXT) ORDER BY CAST(customers.tier AS TEXT)

-- members
SELECT customers.customer_id, customers.name, customers.region, customers.city, customers.industry, customers.team, customers.rep, customers.tier, customers.margin_6m AS historical_6m, customers.margin_12m AS historical_12m, customers.margin AS historical_value, customers.simple_value AS simple_clv, customers.value AS customer_asset
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier, customer_current.margin_6m AS margin_6m, customer_current.margin_12m AS margin_12m, customer_current.margin AS margin, customer_current.simple_value AS simple_value, customer_current.value AS value
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers ORDER BY customers.margin_12m DESC NULLS LAST, customers.customer_id
