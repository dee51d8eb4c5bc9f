-- question
SELECT merged.slot, merged.customers AS customers, merged.score_mean AS score_mean, merged.coverage_mean AS coverage_mean, merged.historical_12m AS historical_12m, CAST(merged.repeat_customers AS DOUBLE PRECISION) / nullif(CAST(merged.buyers AS DOUBLE PRECISION), 0) AS repeat_rate, merged.purchase_frequency AS purchase_frequency, merged.repeat_customers AS repeat_customers, merged.buyers AS buyers
FROM (SELECT parts.slot AS slot, max(parts.customers) AS customers, max(parts.score_mean) AS score_mean, max(parts.coverage_mean) AS coverage_mean, max(parts.historical_12m) AS historical_12m, max(parts.repeat_customers) AS repeat_customers, max(parts.buyers) AS buyers, max(parts.purchase_frequency) AS purchase_frequency
FROM (SELECT 'now' AS slot, coalesce(count(*), 0) AS customers, avg(CAST(customers.score AS DOUBLE PRECISION)) / 100.0 AS score_mean, avg(CAST(customers.coverage AS DOUBLE PRECISION)) / 10000.0 AS coverage_mean, CAST(sum(customers.margin_12m) AS BIGINT) AS historical_12m, coalesce(CAST(sum(CASE WHEN (customers.orders >= 2) THEN 1 ELSE 0 END) AS BIGINT), 0) AS repeat_customers, coalesce(count(customers.first_on), 0) AS buyers, avg(customers.orders_per_year) AS purchase_frequency
FROM (SELECT customer_current.customer_no AS customer_no, customer_current.score AS score, customer_current.coverage AS coverage, customer_current.margin_12m AS margin_12m, customer_current.orders AS orders, customer_current.first_on AS first_on, customer_current.orders_per_year AS orders_per_year
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers) AS parts GROUP BY parts.slot) AS merged ORDER BY merged.slot

-- members
SELECT everyone.customer_id, everyone.name, everyone.region, everyone.city, everyone.industry, everyone.team, everyone.rep, everyone.tier, merged.customers AS customers
FROM (SELECT parts.key AS key, max(parts.customers) AS customers
FROM (SELECT customers.customer_no AS key, '' AS slot, coalesce(count(*), 0) AS customers
FROM (SELECT customer_current.customer_no AS customer_no
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers
WHERE customers.customer_no IS NOT NULL GROUP BY customers.customer_no) AS parts GROUP BY parts.key) AS merged JOIN (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS everyone ON everyone.customer_no = merged.key
WHERE coalesce(merged.customers, 0) != 0 ORDER BY merged.customers DESC NULLS LAST, everyone.customer_id
