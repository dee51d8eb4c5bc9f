-- question
SELECT CAST(snapshots.tier AS TEXT) AS key, CAST(CAST(sum(churn.lost) AS BIGINT) AS DOUBLE PRECISION) / CAST(nullif(CAST(CAST(sum(churn.alive_start) AS BIGINT) AS DOUBLE PRECISION), 0) AS NUMERIC) AS churn_rate, CAST(sum(churn.lost) AS BIGINT) AS churned_customers, CAST(sum(churn.alive_start) AS BIGINT) AS alive_at_start
FROM (SELECT customers.customer_no AS customer_no, CASE WHEN ((customers.alive_day_27 & 131072) != 0) THEN 1 ELSE 0 END AS alive_start, CASE WHEN ((customers.alive_day_27 & 131072) != 0 AND (customers.alive_day_29 & 576460752303423488) = 0) THEN 1 ELSE 0 END AS lost, CASE WHEN ((customers.alive_day_29 & 576460752303423488) != 0) THEN 1 ELSE 0 END AS alive_end, 0 AS ever_end
FROM (SELECT customer_current.alive_day_27 AS alive_day_27, customer_current.alive_day_29 AS alive_day_29, customer_current.customer_no AS customer_no
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE (customers.alive_day_27 & 131072) != 0 OR (customers.alive_day_29 & 576460752303423488) != 0) AS churn JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_snapshot.month = '2025-12-01' AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS snapshots ON snapshots.customer_no = churn.customer_no GROUP BY CAST(snapshots.tier AS TEXT) ORDER BY CAST(snapshots.tier AS TEXT)

-- members
SELECT customers.customer_id, customers.name, customers.region, customers.city, customers.industry, customers.team, customers.rep, CAST(snapshots.tier AS TEXT) AS tier, by_customer.alive AS alive_at_start, by_customer.lost AS churned_customers
FROM (SELECT churn.customer_no AS customer_no, CAST(sum(churn.alive_start) AS BIGINT) AS alive, CAST(sum(churn.lost) AS BIGINT) AS lost
FROM (SELECT customers.customer_no AS customer_no, CASE WHEN ((customers.alive_day_27 & 131072) != 0) THEN 1 ELSE 0 END AS alive_start, CASE WHEN ((customers.alive_day_27 & 131072) != 0 AND (customers.alive_day_29 & 576460752303423488) = 0) THEN 1 ELSE 0 END AS lost, CASE WHEN ((customers.alive_day_29 & 576460752303423488) != 0) THEN 1 ELSE 0 END AS alive_end, 0 AS ever_end
FROM (SELECT customer_current.alive_day_27 AS alive_day_27, customer_current.alive_day_29 AS alive_day_29, customer_current.customer_no AS customer_no
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE (customers.alive_day_27 & 131072) != 0 OR (customers.alive_day_29 & 576460752303423488) != 0) AS churn GROUP BY churn.customer_no) AS by_customer JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_snapshot.month = '2025-12-01' AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS snapshots ON snapshots.customer_no = by_customer.customer_no JOIN (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers ON customers.customer_no = by_customer.customer_no
WHERE by_customer.alive > 0 ORDER BY by_customer.lost DESC, customers.customer_id
