-- question
SELECT merged.slot, merged.active_customers AS active_customers, merged.new_customers AS new_customers, merged.active_customers - coalesce(merged.new_customers, 0) AS returning_customers, merged.lapsed AS lapsed, CAST(merged.first_time + merged.resumed AS DOUBLE PRECISION) / CAST(nullif(CAST(merged.lapsed AS DOUBLE PRECISION), 0) AS NUMERIC) AS quick_ratio, CAST(merged.revenue AS DOUBLE PRECISION) / CAST(nullif(CAST(merged.active_customers AS DOUBLE PRECISION), 0) AS NUMERIC) AS arpu, merged.first_time AS first_time, merged.resumed AS resumed, merged.revenue AS revenue
FROM (SELECT parts.slot AS slot, max(parts.active_customers) AS active_customers, max(parts.new_customers) AS new_customers, max(parts.lapsed) AS lapsed, max(parts.first_time) AS first_time, max(parts.resumed) AS resumed, max(parts.revenue) AS revenue
FROM (SELECT 'now' AS slot, coalesce(CAST(sum(active.customers) AS BIGINT), 0) AS active_customers, CAST(NULL AS INTEGER) AS new_customers, CAST(NULL AS INTEGER) AS lapsed, CAST(NULL AS INTEGER) AS first_time, CAST(NULL AS INTEGER) AS resumed, CAST(NULL AS BIGINT) AS revenue
FROM (SELECT 1 AS customers
FROM (SELECT customer_current.months_0 AS months_0, customer_current.months_1 AS months_1
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE (customers.months_1 & 540431955284459520) != 0 UNION ALL SELECT 1 AS customers
FROM (SELECT customer_day.orders AS orders, customer_day.next_on AS next_on
FROM customer_day
WHERE customer_day.day >= '2026-01-10' AND customer_day.day < '2026-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.next_on IS NULL OR order_days.next_on >= '2026-06-21') UNION ALL SELECT 1 AS customers
FROM (SELECT customer_day.orders AS orders, customer_day.previous_on AS previous_on
FROM customer_day
WHERE customer_day.day >= '2026-06-01' AND customer_day.day < '2026-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.previous_on IS NULL OR order_days.previous_on < '2026-02-01')) AS active UNION ALL SELECT 'now' AS slot, CAST(NULL AS INTEGER) AS active_customers, coalesce(count(*), 0) AS new_customers, CAST(NULL AS INTEGER) AS lapsed, CAST(NULL AS INTEGER) AS first_time, CAST(NULL AS INTEGER) AS resumed, CAST(NULL AS BIGINT) AS revenue
FROM (SELECT customers.first_on AS first_on, customers.acquisition_cost AS acquisition_cost
FROM (SELECT customer_current.first_on AS first_on, customer_current.acquisition_cost AS acquisition_cost
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.first_on >= '2026-01-10' AND customers.first_on < '2026-06-21') AS "new" UNION ALL SELECT 'now' AS slot, CAST(NULL AS INTEGER) AS active_customers, CAST(NULL AS INTEGER) AS new_customers, coalesce(CAST(sum(months.is_lapsed) AS BIGINT), 0) AS lapsed, coalesce(CAST(sum(months.is_new) AS BIGINT), 0) AS first_time, coalesce(CAST(sum(months.is_resumed) AS BIGINT), 0) AS resumed, CAST(NULL AS BIGINT) AS revenue
FROM (SELECT cube_month.month AS month, cube_month.is_lapsed AS is_lapsed, cube_month.is_new AS is_new, cube_month.is_resumed AS is_resumed
FROM cube_month
WHERE cube_month.month >= '2026-01-01' AND cube_month.month < '2026-07-01' AND cube_month.team IN ('Scope Team A', 'Scope Team B') AND cube_month.region IN ('East') AND cube_month.tier IN ('general', 'high')) AS months UNION ALL SELECT 'now' AS slot, CAST(NULL AS INTEGER) AS active_customers, CAST(NULL AS INTEGER) AS new_customers, CAST(NULL AS INTEGER) AS lapsed, CAST(NULL AS INTEGER) AS first_time, CAST(NULL AS INTEGER) AS resumed, coalesce(CAST(sum(facts.net) AS BIGINT), 0) AS revenue
FROM (SELECT months.net AS net
FROM (SELECT cube_month.net AS net
FROM cube_month
WHERE cube_month.month >= '2026-02-01' AND cube_month.month < '2026-06-01' AND cube_month.team IN ('Scope Team A', 'Scope Team B') AND cube_month.region IN ('East') AND cube_month.tier IN ('general', 'high')) AS months UNION ALL SELECT order_days.net AS net
FROM (SELECT customer_day.net AS net
FROM customer_day
WHERE customer_day.day >= '2026-01-10' AND customer_day.day < '2026-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days UNION ALL SELECT order_days.net AS net
FROM (SELECT customer_day.net AS net
FROM customer_day
WHERE customer_day.day >= '2026-06-01' AND customer_day.day < '2026-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days) AS facts UNION ALL SELECT 'before' AS slot, coalesce(CAST(sum(active.customers) AS BIGINT), 0) AS active_customers, CAST(NULL AS INTEGER) AS new_customers, CAST(NULL AS INTEGER) AS lapsed, CAST(NULL AS INTEGER) AS first_time, CAST(NULL AS INTEGER) AS resumed, CAST(NULL AS BIGINT) AS revenue
FROM (SELECT 1 AS customers
FROM (SELECT customer_current.months_0 AS months_0, customer_current.months_1 AS months_1
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE (customers.months_1 & 131941395333120) != 0 UNION ALL SELECT 1 AS customers
FROM (SELECT customer_day.orders AS orders, customer_day.next_on AS next_on
FROM customer_day
WHERE customer_day.day >= '2025-01-10' AND customer_day.day < '2025-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.next_on IS NULL OR order_days.next_on >= '2025-06-21') UNION ALL SELECT 1 AS customers
FROM (SELECT customer_day.orders AS orders, customer_day.previous_on AS previous_on
FROM customer_day
WHERE customer_day.day >= '2025-06-01' AND customer_day.day < '2025-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days
WHERE order_days.orders > 0 AND (order_days.previous_on IS NULL OR order_days.previous_on < '2025-02-01')) AS active UNION ALL SELECT 'before' AS slot, CAST(NULL AS INTEGER) AS active_customers, coalesce(count(*), 0) AS new_customers, CAST(NULL AS INTEGER) AS lapsed, CAST(NULL AS INTEGER) AS first_time, CAST(NULL AS INTEGER) AS resumed, CAST(NULL AS BIGINT) AS revenue
FROM (SELECT customers.first_on AS first_on, customers.acquisition_cost AS acquisition_cost
FROM (SELECT customer_current.first_on AS first_on, customer_current.acquisition_cost AS acquisition_cost
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.first_on >= '2025-01-10' AND customers.first_on < '2025-06-21') AS "new" UNION ALL SELECT 'before' AS slot, CAST(NULL AS INTEGER) AS active_customers, CAST(NULL AS INTEGER) AS new_customers, coalesce(CAST(sum(months.is_lapsed) AS BIGINT), 0) AS lapsed, coalesce(CAST(sum(months.is_new) AS BIGINT), 0) AS first_time, coalesce(CAST(sum(months.is_resumed) AS BIGINT), 0) AS resumed, CAST(NULL AS BIGINT) AS revenue
FROM (SELECT cube_month.month AS month, cube_month.is_lapsed AS is_lapsed, cube_month.is_new AS is_new, cube_month.is_resumed AS is_resumed
FROM cube_month
WHERE cube_month.month >= '2025-01-01' AND cube_month.month < '2025-07-01' AND cube_month.team IN ('Scope Team A', 'Scope Team B') AND cube_month.region IN ('East') AND cube_month.tier IN ('general', 'high')) AS months UNION ALL SELECT 'before' AS slot, CAST(NULL AS INTEGER) AS active_customers, CAST(NULL AS INTEGER) AS new_customers, CAST(NULL AS INTEGER) AS lapsed, CAST(NULL AS INTEGER) AS first_time, CAST(NULL AS INTEGER) AS resumed, coalesce(CAST(sum(facts.net) AS BIGINT), 0) AS revenue
FROM (SELECT months.net AS net
FROM (SELECT cube_month.net AS net
FROM cube_month
WHERE cube_month.month >= '2025-02-01' AND cube_month.month < '2025-06-01' AND cube_month.team IN ('Scope Team A', 'Scope Team B') AND cube_month.region IN ('East') AND cube_month.tier IN ('general', 'high')) AS months UNION ALL SELECT order_days.net AS net
FROM (SELECT customer_day.net AS net
FROM customer_day
WHERE customer_day.day >= '2025-01-10' AND customer_day.day < '2025-02-01' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days UNION ALL SELECT order_days.net AS net
FROM (SELECT customer_day.net AS net
FROM customer_day
WHERE customer_day.day >= '2025-06-01' AND customer_day.day < '2025-06-21' AND customer_day.team IN ('Scope Team A', 'Scope Team B') AND customer_day.region IN ('East') AND customer_day.tier IN ('general', 'high')) AS order_days) AS facts UNION ALL SELECT to_char(by_month.month, 'YYYY-MM') AS slot, coalesce(CAST(sum(by_month.customers) AS BIGINT), 0) AS active_customers, CAST(NULL AS INTEGER) AS new_customers, coalesce(CAST(sum(by_month.is_lapsed) AS BIGINT), 0) AS lapsed, coalesce(CAST(sum(by_month.is_new) AS BIGINT), 0) AS first_time, coalesce(CAST(sum(by_month.is_resumed) AS BIGINT), 0) AS resumed, coalesce(CAST(sum(by_month.net) AS BIGINT), 0) AS revenue
FROM (SELECT months.month AS month, months.is_active AS customers, months.is_lapsed AS is_lapsed, months.is_new AS is_new, months.is_resumed AS is_resumed, months.net AS net
FROM (SELECT cube_month.month AS month, cube_month.is_active AS is_active, cube_month.is_lapsed AS is_lapsed, cube_month.is_new AS is_new, cube_month.is_resumed AS is_resumed, cube_month.net AS net
FROM cube_month
WHERE cube_month.month >= '2025-06-01' AND cube_month.month < '2026-07-01' AND cube_month.team IN ('Scope Team A', 'Scope Team B') AND cube_month.region IN ('East') AND cube_month.tier IN ('general', 'high')) AS months) AS by_month GROUP BY by_month.month UNION ALL SELECT to_char("new".month, 'YYYY-MM') AS slot, CAST(NULL AS INTEGER) AS active_customers, coalesce(count(*), 0) AS new_customers, CAST(NULL AS INTEGER) AS lapsed, CAST(NULL AS INTEGER) AS first_time, CAST(NULL AS INTEGER) AS resumed, CAST(NULL AS BIGINT) AS revenue
FROM (SELECT customers.first_on AS first_on, customers.acquisition_cost AS acquisition_cost, CAST(date_trunc('month', customers.first_on) AS DATE) AS month
FROM (SELECT customer_current.first_on AS first_on, customer_current.acquisition_cost AS acquisition_cost
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE customers.first_on >= '2025-06-01' AND customers.first_on < '2026-07-01') AS "new" GROUP BY "new".month) AS parts GROUP BY parts.slot) AS merged ORDER BY merged.slot

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
