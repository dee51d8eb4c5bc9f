-- question
SELECT ranked.key, ranked.active_customers, ranked.active_customers_before
FROM (SELECT CAST(sides.key AS TEXT) AS key, sides.now_active_customers AS active_customers, sides.before_active_customers AS active_customers_before
FROM (SELECT parts.key AS key, max(CASE WHEN (parts.slot = 'now') THEN parts.active_customers END) AS now_active_customers, max(CASE WHEN (parts.slot = 'before') THEN parts.active_customers END) AS before_active_customers
FROM (SELECT active.city AS key, 'now' AS slot, coalesce(CAST(sum(active.customers) AS BIGINT), 0) AS active_customers
FROM (SELECT customers.city AS city, 1 AS customers
FROM (SELECT customer_current.months_0 AS months_0, customer_current.months_1 AS months_1, customer_current.city AS city
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE (customers.months_1 & 540431955284459520) != 0 UNION ALL SELECT order_days.city AS city, 1 AS customers
FROM (SELECT customer_day.orders AS orders, customer_day.next_on AS next_on, customer_day.city AS city
FROM customer_day
WHERE customer_day.day >= '2026-01-10' AND customer_day.day < '2026-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.next_on IS NULL OR order_days.next_on >= '2026-06-21') UNION ALL SELECT order_days.city AS city, 1 AS customers
FROM (SELECT customer_day.orders AS orders, customer_day.previous_on AS previous_on, customer_day.city AS city
FROM customer_day
WHERE customer_day.day >= '2026-06-01' AND customer_day.day < '2026-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.previous_on IS NULL OR order_days.previous_on < '2026-02-01')) AS active
WHERE active.city IS NOT NULL GROUP BY active.city UNION ALL SELECT active.city AS key, 'before' AS slot, coalesce(CAST(sum(active.customers) AS BIGINT), 0) AS active_customers
FROM (SELECT customers.city AS city, 1 AS customers
FROM (SELECT customer_current.months_0 AS months_0, customer_current.months_1 AS months_1, customer_current.city AS city
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE (customers.months_1 & 131941395333120) != 0 UNION ALL SELECT order_days.city AS city, 1 AS customers
FROM (SELECT customer_day.orders AS orders, customer_day.next_on AS next_on, customer_day.city AS city
FROM customer_day
WHERE customer_day.day >= '2025-01-10' AND customer_day.day < '2025-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.next_on IS NULL OR order_days.next_on >= '2025-06-21') UNION ALL SELECT order_days.city AS city, 1 AS customers
FROM (SELECT customer_day.orders AS orders, customer_day.previous_on AS previous_on, customer_day.city AS city
FROM customer_day
WHERE customer_day.day >= '2025-06-01' AND customer_day.day < '2025-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.previous_on IS NULL OR order_days.previous_on < '2025-02-01')) AS active
WHERE active.city IS NOT NULL GROUP BY active.city) AS parts GROUP BY parts.key) AS sides) AS ranked ORDER BY ranked.active_customers DESC NULLS LAST, ranked.key
LIMIT 200

-- members
SELECT everyone.customer_id, everyone.name, everyone.region, everyone.city, everyone.industry, everyone.team, everyone.rep, everyone.tier, merged.active_customers AS active_customers
FROM (SELECT parts.key AS key, max(parts.active_customers) AS active_customers
FROM (SELECT active.customer_no AS key, '' AS slot, coalesce(CAST(sum(active.customers) AS BIGINT), 0) AS active_customers
FROM (SELECT customers.customer_no AS customer_no, 1 AS customers
FROM (SELECT customer_current.months_0 AS months_0, customer_current.months_1 AS months_1, customer_current.customer_no AS customer_no
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE (customers.months_1 & 540431955284459520) != 0 UNION ALL SELECT order_days.customer_no AS customer_no, 1 AS customers
FROM (SELECT customer_day.orders AS orders, customer_day.next_on AS next_on, customer_day.customer_no AS customer_no
FROM customer_day
WHERE customer_day.day >= '2026-01-10' AND customer_day.day < '2026-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.next_on IS NULL OR order_days.next_on >= '2026-06-21') UNION ALL SELECT order_days.customer_no AS customer_no, 1 AS customers
FROM (SELECT customer_day.orders AS orders, customer_day.previous_on AS previous_on, customer_day.customer_no AS customer_no
FROM customer_day
WHERE customer_day.day >= '2026-06-01' AND customer_day.day < '2026-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.previous_on IS NULL OR order_days.previous_on < '2026-02-01')) AS active
WHERE active.customer_no IS NOT NULL GROUP BY active.customer_no) AS parts GROUP BY parts.key) AS merged JOIN (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS everyone ON everyone.customer_no = merged.key
WHERE coalesce(merged.active_customers, 0) != 0 ORDER BY merged.active_customers DESC NULLS LAST, everyone.customer_id
