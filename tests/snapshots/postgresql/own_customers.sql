-- question
SELECT customers.customer_id, customers.name, customers.region, customers.team, customers.rep, customers.tier, customers.value AS customer_asset, customers.risk, customers.silent_days, customers.last_contact_on
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier, customer_current.value AS value, customer_current.risk AS risk, customer_current.silent_days AS silent_days, customer_current.last_contact_on AS last_contact_on, customer_current.is_churned AS is_churned
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.is_churned IS false ORDER BY customers.value DESC NULLS LAST, customers.customer_id
LIMIT 12

-- members
SELECT customers.customer_id, customers.name, customers.region, customers.team, customers.rep, customers.tier, customers.value AS customer_asset, customers.risk, customers.silent_days, customers.last_contact_on
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier, customer_current.value AS value, customer_current.risk AS risk, customer_current.silent_days AS silent_days, customer_current.last_contact_on AS last_contact_on, customer_current.is_churned AS is_churned
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.is_churned IS false ORDER BY customers.value DESC NULLS LAST, customers.customer_id
