-- question
SELECT count(*) AS customers, CAST(sum(CASE WHEN (tier_paths.tier_1 != tier_paths.tier_2 OR tier_paths.tier_2 != tier_paths.tier_3) THEN 1 ELSE 0 END) AS BIGINT) AS changed, CAST(sum(CASE WHEN (tier_paths.tier_1 = tier_paths.tier_3 AND tier_paths.tier_1 != tier_paths.tier_2) THEN 1 ELSE 0 END) AS BIGINT) AS returned, CAST(sum(CASE WHEN (tier_paths.tier_raw_1 != tier_paths.tier_raw_2 OR tier_paths.tier_raw_2 != tier_paths.tier_raw_3) THEN 1 ELSE 0 END) AS BIGINT) AS raw_changed, CAST(sum(CASE WHEN (tier_paths.tier_raw_1 = tier_paths.tier_raw_3 AND tier_paths.tier_raw_1 != tier_paths.tier_raw_2) THEN 1 ELSE 0 END) AS BIGINT) AS raw_returned
FROM (SELECT end_1.tier AS tier_1, end_1.tier_raw AS tier_raw_1, end_2.tier AS tier_2, end_2.tier_raw AS tier_raw_2, end_3.tier AS tier_3, end_3.tier_raw AS tier_raw_3
FROM customer_current JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier, customer_snapshot.tier_raw AS tier_raw
FROM customer_snapshot
WHERE customer_snapshot.month = '2026-03-01') AS end_1 ON end_1.customer_no = customer_current.customer_no JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier, customer_snapshot.tier_raw AS tier_raw
FROM customer_snapshot
WHERE customer_snapshot.month = '2026-04-01') AS end_2 ON end_2.customer_no = customer_current.customer_no JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier, customer_snapshot.tier_raw AS tier_raw
FROM customer_snapshot
WHERE customer_snapshot.month = '2026-05-01') AS end_3 ON end_3.customer_no = customer_current.customer_no
WHERE customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS tier_paths ORDER BY count(*)

-- members
SELECT tier_paths.customer_id, tier_paths.name, tier_paths.region, tier_paths.team, tier_paths.rep, CAST(tier_paths.tier_1 AS TEXT) AS tier_before, CAST(tier_paths.tier_2 AS TEXT) AS tier_between, CAST(tier_paths.tier_3 AS TEXT) AS tier
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.team AS team, customer_current.rep AS rep, end_1.tier AS tier_1, end_1.tier_raw AS tier_raw_1, end_2.tier AS tier_2, end_2.tier_raw AS tier_raw_2, end_3.tier AS tier_3, end_3.tier_raw AS tier_raw_3
FROM customer_current JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier, customer_snapshot.tier_raw AS tier_raw
FROM customer_snapshot
WHERE customer_snapshot.month = '2026-03-01') AS end_1 ON end_1.customer_no = customer_current.customer_no JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier, customer_snapshot.tier_raw AS tier_raw
FROM customer_snapshot
WHERE customer_snapshot.month = '2026-04-01') AS end_2 ON end_2.customer_no = customer_current.customer_no JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier, customer_snapshot.tier_raw AS tier_raw
FROM customer_snapshot
WHERE customer_snapshot.month = '2026-05-01') AS end_3 ON end_3.customer_no = customer_current.customer_no
WHERE customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS tier_paths
WHERE tier_paths.tier_1 = tier_paths.tier_3 AND tier_paths.tier_1 != tier_paths.tier_2 ORDER BY tier_paths.customer_id
