-- question
SELECT rows.model, rows.measure, max(rows.value) AS value
FROM (SELECT model_checks.model AS model, model_checks.measure AS measure, model_checks.value AS value
FROM (SELECT model_check.target AS target, model_check.model AS model, model_check.measure AS measure, model_check.value AS value
FROM model_check) AS model_checks
WHERE model_checks.target IN ('churn', 'all') UNION ALL SELECT model_facts.part AS model, model_facts.name AS measure, model_facts.value AS value
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part IN ('risk', 'logit') OR model_facts.part = 'buying' AND model_facts.name = 'is_usable') AS rows GROUP BY rows.model, rows.measure ORDER BY rows.model, rows.measure

-- members
SELECT customers.customer_id, customers.name, customers.region, customers.city, customers.team, customers.rep, customers.tier, customers.silent_days, customers.risk AS risk_mean
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier, customer_current.is_churned AS is_churned, customer_current.silent_days AS silent_days, customer_current.risk AS risk
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE NOT customers.is_churned AND customers.risk IS NOT NULL ORDER BY customers.risk DESC, customers.customer_id
