-- question
SELECT ranked.key, ranked.new_customers, ranked.new_customers_before
FROM (SELECT CAST(sides.key AS TEXT) AS key, sides.now_new_customers AS new_customers, sides.before_new_customers AS new_customers_before
FROM (SELECT parts.key AS key, max(CASE WHEN (parts.slot = 'now') THEN parts.new_customers END) AS now_new_customers, max(CASE WHEN (parts.slot = 'before') THEN parts.new_customers END) AS before_new_customers
FROM (SELECT "new".source AS key, 'now' AS slot, coalesce(count(*), 0) AS new_customers
FROM (SELECT customers.first_on AS first_on, customers.acquisition_cost AS acquisition_cost, customers.source AS source
FROM (SELECT customer_current.first_on AS first_on, customer_current.acquisition_cost AS acquisition_cost, customer_current.source AS source
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.first_on >= '2026-01-10' AND customers.first_on < '2026-06-21') AS "new"
WHERE "new".source IS NOT NULL GROUP BY "new".source UNION ALL SELECT "new".source AS key, 'before' AS slot, coalesce(count(*), 0) AS new_customers
FROM (SELECT customers.first_on AS first_on, customers.acquisition_cost AS acquisition_cost, customers.source AS source
FROM (SELECT customer_current.first_on AS first_on, customer_current.acquisition_cost AS acquisition_cost, customer_current.source AS source
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.first_on >= '2025-01-10' AND customers.first_on < '2025-06-21') AS "new"
WHERE "new".source IS NOT NULL GROUP BY "new".source) AS parts GROUP BY parts.key) AS sides) AS ranked ORDER BY ranked.new_customers DESC NULLS LAST, ranked.key
LIMIT 200

-- members
SELECT everyone.customer_id, everyone.name, everyone.region, everyone.city, everyone.industry, everyone.team, everyone.rep, everyone.tier, merged.new_customers AS new_customers
FROM (SELECT parts.key AS key, max(parts.new_customers) AS new_customers
FROM (SELECT "new".customer_no AS key, '' AS slot, coalesce(count(*), 0) AS new_customers
FROM (SELECT customers.first_on AS first_on, customers.acquisition_cost AS acquisition_cost, customers.customer_no AS customer_no
FROM (SELECT customer_current.first_on AS first_on, customer_current.acquisition_cost AS acquisition_cost, customer_current.customer_no AS customer_no
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.first_on >= '2026-01-10' AND customers.first_on < '2026-06-21') AS "new"
WHERE "new".customer_no IS NOT NULL GROUP BY "new".customer_no) AS parts GROUP BY parts.key) AS merged JOIN (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS everyone ON everyone.customer_no = merged.key
WHERE coalesce(merged.new_customers, 0) != 0 ORDER BY merged.new_customers DESC NULLS LAST, everyone.customer_id
