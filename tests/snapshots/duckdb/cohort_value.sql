-- question
SELECT newest.cohort, newest.customers, newest.value, newest.historical_mean
FROM (SELECT customers.cohort AS cohort, count(*) AS customers, CAST(sum(customers.margin) AS BIGINT) AS value, CAST(CAST(sum(customers.margin) AS BIGINT) AS DOUBLE PRECISION) / nullif(CAST(count(*) AS DOUBLE PRECISION), 0) AS historical_mean
FROM (SELECT customer_current.cohort AS cohort, customer_current.margin AS margin
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE customers.cohort IS NOT NULL GROUP BY customers.cohort ORDER BY customers.cohort DESC
LIMIT 48) AS newest ORDER BY newest.cohort

-- members
SELECT customers.customer_id, customers.name, customers.region, customers.city, customers.industry, customers.team, customers.rep, customers.tier, customers.first_on, customers.margin AS historical_value
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier, customer_current.cohort AS cohort, customer_current.first_on AS first_on, customer_current.margin AS margin
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE customers.cohort IS NOT NULL ORDER BY customers.margin DESC NULLS LAST, customers.customer_id
