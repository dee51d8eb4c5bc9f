-- question
SELECT coalesce(CAST(growth.tier AS TEXT), 'absent') AS tier, CAST(sum(CASE WHEN (growth.engagements > 0) THEN 1 ELSE 0 END) AS BIGINT) AS customers, CAST(sum(growth.engagements) AS BIGINT) AS engagements, CAST(sum(growth.before) AS BIGINT) AS before
FROM (SELECT month_rows.customer_no AS customer_no, month_rows.engagements AS engagements, month_rows.before AS before, month_rows.redemptions AS redemptions, month_rows.orders AS orders, snapshots.tier AS tier
FROM (SELECT month_customers.customer_no AS customer_no, CASE WHEN (month_customers.month = '2026-05-01') THEN month_customers.engagements ELSE 0 END AS engagements, CASE WHEN (month_customers.month = '2026-05-01') THEN 0 ELSE month_customers.engagements END AS before, CASE WHEN (month_customers.month = '2026-05-01') THEN month_customers.redemptions ELSE 0 END AS redemptions, CASE WHEN (month_customers.month = '2026-05-01') THEN month_customers.orders ELSE 0 END AS orders
FROM (SELECT customer_month.customer_no AS customer_no, customer_month.month AS month, customer_month.engagements AS engagements, customer_month.redemptions AS redemptions, customer_month.orders AS orders
FROM customer_month
WHERE customer_month.month >= '2026-02-01' AND customer_month.month < '2026-06-01' AND customer_month.team IN ('Scope Team A', 'Scope Team B') AND customer_month.region IN ('East') AND customer_month.tier IN ('general', 'high')) AS month_customers
WHERE month_customers.engagements > 0 OR month_customers.orders > 0) AS month_rows LEFT OUTER JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_snapshot.month = '2026-01-01' AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS snapshots ON snapshots.customer_no = month_rows.customer_no) AS growth GROUP BY growth.tier ORDER BY coalesce(CAST(growth.tier AS TEXT), 'absent')

-- members
SELECT customers.customer_id, customers.name, customers.region, customers.team, customers.rep, coalesce(CAST(growth.tier AS TEXT), 'absent') AS tier_before, growth.engagements, growth.before AS engagements_before, growth.redemptions, growth.orders
FROM (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.team AS team, customer_current.rep AS rep
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers, (SELECT rows.customer_no AS customer_no, rows.engagements AS engagements, rows.before AS before, rows.redemptions AS redemptions, rows.orders AS orders, snapshots.tier AS tier
FROM (SELECT month_rows.customer_no AS customer_no, CAST(sum(month_rows.engagements) AS BIGINT) AS engagements, CAST(sum(month_rows.before) AS BIGINT) AS before, CAST(sum(month_rows.redemptions) AS BIGINT) AS redemptions, CAST(sum(month_rows.orders) AS BIGINT) AS orders
FROM (SELECT month_customers.customer_no AS customer_no, CASE WHEN (month_customers.month = '2026-05-01') THEN month_customers.engagements ELSE 0 END AS engagements, CASE WHEN (month_customers.month = '2026-05-01') THEN 0 ELSE month_customers.engagements END AS before, CASE WHEN (month_customers.month = '2026-05-01') THEN month_customers.redemptions ELSE 0 END AS redemptions, CASE WHEN (month_customers.month = '2026-05-01') THEN month_customers.orders ELSE 0 END AS orders
FROM (SELECT customer_month.customer_no AS customer_no, customer_month.month AS month, customer_month.engagements AS engagements, customer_month.redemptions AS redemptions, customer_month.orders AS orders
FROM customer_month
WHERE customer_month.month >= '2026-02-01' AND customer_month.month < '2026-06-01' AND customer_month.team IN ('Scope Team A', 'Scope Team B') AND customer_month.region IN ('East') AND customer_month.tier IN ('general', 'high')) AS month_customers
WHERE month_customers.engagements > 0 OR month_customers.orders > 0) AS month_rows
WHERE month_rows.engagements > 0 OR month_rows.before > 0 OR month_rows.orders > 0 GROUP BY month_rows.customer_no) AS rows LEFT OUTER JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_snapshot.month = '2026-01-01' AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS snapshots ON snapshots.customer_no = rows.customer_no) AS growth
WHERE customers.customer_no = growth.customer_no AND (growth.engagements > 0 OR growth.before > 0) ORDER BY growth.engagements * 3 - growth.before DESC, customers.customer_id
