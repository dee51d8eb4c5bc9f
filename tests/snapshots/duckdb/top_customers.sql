-- question
SELECT customers.customer_id, customers.name, customers.team, customers.tier, customers.silent_days, customers.margin_12m AS historical_12m, customers.margin AS historical_value, customers.simple_value AS simple_clv
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.team AS team, customer_current.tier AS tier, customer_current.silent_days AS silent_days, customer_current.margin_6m AS margin_6m, customer_current.margin_12m AS margin_12m, customer_current.margin AS margin, customer_current.simple_value AS simple_value, customer_current.value AS value
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers ORDER BY customers.margin_12m DESC NULLS LAST, customers.customer_id
LIMIT 15

-- members
SELECT customers.customer_id, customers.name, customers.region, customers.city, customers.industry, customers.team, customers.rep, customers.tier, customers.margin_6m AS historical_6m, customers.margin_12m AS historical_12m, customers.margin AS historical_value, customers.simple_value AS simple_clv, customers.value AS customer_asset
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier, customer_current.margin_6m AS margin_6m, customer_current.margin_12m AS margin_12m, customer_current.margin AS margin, customer_current.simple_value AS simple_value, customer_current.value AS value
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers ORDER BY customers.margin_12m DESC NULLS LAST, customers.customer_id
