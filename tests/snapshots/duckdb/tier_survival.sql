-- question
SELECT survival.key, survival.month, survival.customers, survival.survival, survival.low, survival.high
FROM (SELECT survival_curve.kind AS kind, survival_curve.key AS key, survival_curve.month AS month, survival_curve.customers AS customers, survival_curve.survival AS survival, survival_curve.low AS low, survival_curve.high AS high
FROM survival_curve
WHERE survival_curve.customers >= 30) AS survival
WHERE survival.kind = 'tier' ORDER BY survival.key, survival.month

-- members
SELECT customers.customer_id, customers.name, customers.region, customers.city, customers.team, customers.rep, customers.tier, CASE WHEN (customers.contract_on IS NOT NULL AND (customers.first_on IS NULL OR customers.contract_on < customers.first_on)) THEN customers.contract_on ELSE customers.first_on END AS first_on, customers.last_on, customers.silent_days, customers.risk
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier, customer_current.first_on AS first_on, customer_current.contract_on AS contract_on, customer_current.last_on AS last_on, customer_current.is_churned AS is_churned, customer_current.silent_days AS silent_days, customer_current.risk AS risk
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers ORDER BY CASE WHEN (customers.contract_on IS NOT NULL AND (customers.first_on IS NULL OR customers.contract_on < customers.first_on)) THEN customers.contract_on ELSE customers.first_on END DESC, customers.customer_id
