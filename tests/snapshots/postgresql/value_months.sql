-- question
SELECT snapshots.month, CAST(sum(snapshots.value) AS BIGINT) AS value
FROM (SELECT customer_snapshot.month AS month, CASE WHEN NOT customer_snapshot.is_churned THEN customer_snapshot.value END AS value
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS snapshots
WHERE snapshots.month >= '2025-05-01' AND snapshots.month < '2026-06-01' GROUP BY snapshots.month ORDER BY snapshots.month

-- members
SELECT snapshots.customer_id, snapshots.name, snapshots.region, snapshots.team, snapshots.rep, snapshots.tier, snapshots.month, snapshots.value AS customer_asset
FROM (SELECT customer_snapshot.month AS month, customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier, customer_snapshot.tier_raw AS tier_raw, customer_snapshot.lifecycle AS lifecycle, customer_snapshot.score AS score, customer_snapshot.amount AS amount, customer_snapshot.loyalty AS loyalty, customer_snapshot.referral AS referral, customer_snapshot.service AS service, customer_snapshot.growth AS growth, customer_snapshot.potential AS potential, customer_snapshot.interaction AS interaction, customer_snapshot.coverage AS coverage, customer_snapshot.model AS model, customer_snapshot.is_churned AS is_churned, customer_snapshot.is_lost AS is_lost, customer_snapshot.margin_12m AS margin_12m, CASE WHEN NOT customer_snapshot.is_churned THEN customer_snapshot.value END AS value, customer_snapshot.revaluation AS revaluation, 1 AS customers, CASE WHEN customer_snapshot.is_churned THEN 1 ELSE 0 END AS churned, CASE WHEN customer_snapshot.is_lost THEN 1 ELSE 0 END AS lost, customer_snapshot.score AS score_points, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.team AS team, customer_current.region AS region, customer_current.industry AS industry, customer_current.kind AS kind, customer_current.source AS source, customer_current.rep AS rep, customer_current.city AS city
FROM customer_snapshot JOIN customer_current ON customer_current.customer_no = customer_snapshot.customer_no
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS snapshots
WHERE snapshots.value IS NOT NULL AND snapshots.month >= '2025-05-01' AND snapshots.month < '2026-06-01' ORDER BY snapshots.month DESC, snapshots.value DESC, snapshots.customer_id
