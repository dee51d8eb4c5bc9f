-- question
SELECT listed.customer_id, listed.name, listed.region, listed.city, listed.team, listed.rep, listed.tier, listed.signal, listed.silent_days, listed.last_gap_days, listed.median_gap_days, listed.historical_12m, whole.all_customers, whole.all_value
FROM (SELECT by_orders.customer_id AS customer_id, by_orders.name AS name, by_orders.region AS region, by_orders.city AS city, by_orders.team AS team, by_orders.rep AS rep, by_orders.tier AS tier, CAST(CASE WHEN (by_orders.silent_days * 2 > 90) THEN 'slipping' ELSE 'at_risk' END AS TEXT) AS signal, by_orders.silent_days AS silent_days, by_orders.last_gap_days AS last_gap_days, by_orders.median_gap_days AS median_gap_days, by_orders.margin_12m AS historical_12m
FROM (SELECT customers.silent_days AS silent_days, customers.customer_id AS customer_id, customers.name AS name, customers.region AS region, customers.city AS city, customers.team AS team, customers.rep AS rep, customers.tier AS tier, customers.median_gap_days AS median_gap_days, customers.last_gap_days AS last_gap_days, customers.margin_12m AS margin_12m
FROM (SELECT customer_current.silent_days AS silent_days, customer_current.contract_on AS contract_on, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier, customer_current.median_gap_days AS median_gap_days, customer_current.last_gap_days AS last_gap_days, customer_current.margin_12m AS margin_12m
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.silent_days IS NOT NULL AND customers.contract_on IS NULL) AS by_orders
WHERE by_orders.silent_days <= 90 AND (by_orders.silent_days * 2 > 90 OR CAST(by_orders.last_gap_days AS DOUBLE PRECISION) > CAST(by_orders.median_gap_days AS DOUBLE PRECISION) * 1.5) ORDER BY by_orders.margin_12m DESC NULLS LAST, by_orders.customer_id
LIMIT 15) AS listed JOIN (SELECT count(*) AS all_customers, CAST(sum(by_orders.margin_12m) AS BIGINT) AS all_value
FROM (SELECT customers.silent_days AS silent_days, customers.median_gap_days AS median_gap_days, customers.last_gap_days AS last_gap_days, customers.margin_12m AS margin_12m
FROM (SELECT customer_current.silent_days AS silent_days, customer_current.contract_on AS contract_on, customer_current.median_gap_days AS median_gap_days, customer_current.last_gap_days AS last_gap_days, customer_current.margin_12m AS margin_12m
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.silent_days IS NOT NULL AND customers.contract_on IS NULL) AS by_orders
WHERE by_orders.silent_days <= 90 AND (by_orders.silent_days * 2 > 90 OR CAST(by_orders.last_gap_days AS DOUBLE PRECISION) > CAST(by_orders.median_gap_days AS DOUBLE PRECISION) * 1.5)) AS whole ON true ORDER BY listed.historical_12m DESC NULLS LAST, listed.customer_id

-- members
SELECT by_orders.customer_id, by_orders.name, by_orders.region, by_orders.city, by_orders.team, by_orders.rep, by_orders.tier, CAST(CASE WHEN (by_orders.silent_days * 2 > 90) THEN 'slipping' ELSE 'at_risk' END AS TEXT) AS signal, by_orders.silent_days, by_orders.last_gap_days, by_orders.median_gap_days, by_orders.margin_12m AS historical_12m
FROM (SELECT customers.silent_days AS silent_days, customers.customer_id AS customer_id, customers.name AS name, customers.region AS region, customers.city AS city, customers.team AS team, customers.rep AS rep, customers.tier AS tier, customers.median_gap_days AS median_gap_days, customers.last_gap_days AS last_gap_days, customers.margin_12m AS margin_12m
FROM (SELECT customer_current.silent_days AS silent_days, customer_current.contract_on AS contract_on, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier, customer_current.median_gap_days AS median_gap_days, customer_current.last_gap_days AS last_gap_days, customer_current.margin_12m AS margin_12m
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.silent_days IS NOT NULL AND customers.contract_on IS NULL) AS by_orders
WHERE by_orders.silent_days <= 90 AND (by_orders.silent_days * 2 > 90 OR CAST(by_orders.last_gap_days AS DOUBLE PRECISION) > CAST(by_orders.median_gap_days AS DOUBLE PRECISION) * 1.5) ORDER BY by_orders.margin_12m DESC NULLS LAST, by_orders.customer_id
