-- question
SELECT model_deciles.model, model_deciles.decile, model_deciles.customers, model_deciles.predicted, model_deciles.actual
FROM (SELECT model_decile.target AS target, model_decile.model AS model, model_decile.decile AS decile, model_decile.customers AS customers, model_decile.predicted AS predicted, model_decile.actual AS actual
FROM model_decile) AS model_deciles
WHERE model_deciles.target = 'churn' ORDER BY model_deciles.model, model_deciles.decile

-- members
SELECT customers.customer_id, customers.name, customers.region, customers.city, customers.team, customers.rep, customers.tier, customers.silent_days, customers.risk AS risk_mean
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier, customer_current.is_churned AS is_churned, customer_current.silent_days AS silent_days, customer_current.risk AS risk
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE NOT customers.is_churned AND customers.risk IS NOT NULL ORDER BY customers.risk DESC, customers.customer_id
