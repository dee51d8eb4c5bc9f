-- question
SELECT mapped.band, mapped.tenth, count(*) AS customers, CAST(sum(mapped.value) AS BIGINT) AS value
FROM (SELECT CAST(0 + CASE WHEN (CAST(customers.value AS BIGINT) > value_cuts.cut_1) THEN 1 ELSE 0 END + CASE WHEN (CAST(customers.value AS BIGINT) > value_cuts.cut_2) THEN 1 ELSE 0 END + CASE WHEN (CAST(customers.value AS BIGINT) > value_cuts.cut_3) THEN 1 ELSE 0 END + CASE WHEN (CAST(customers.value AS BIGINT) > value_cuts.cut_4) THEN 1 ELSE 0 END AS INTEGER) AS band, CAST(least(floor(customers.risk * 10.0), 9) AS INTEGER) AS tenth, customers.value AS value
FROM (SELECT customer_current.value AS value, customer_current.risk AS risk, customer_current.is_churned AS is_churned
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers JOIN (SELECT max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_1 END) AS cut_1, max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_2 END) AS cut_2, max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_3 END) AS cut_3, max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_4 END) AS cut_4
FROM (SELECT rfm_cut.item AS item, rfm_cut.cut_1 AS cut_1, rfm_cut.cut_2 AS cut_2, rfm_cut.cut_3 AS cut_3, rfm_cut.cut_4 AS cut_4
FROM rfm_cut) AS cuts) AS value_cuts ON true
WHERE NOT customers.is_churned AND customers.value IS NOT NULL AND customers.risk IS NOT NULL) AS mapped GROUP BY mapped.band, mapped.tenth ORDER BY mapped.band, mapped.tenth

-- members
SELECT customers.customer_id, customers.name, customers.region, customers.team, customers.rep, customers.tier, customers.value AS customer_asset, customers.risk
FROM (SELECT customer_current.value AS value, customer_current.risk AS risk, customer_current.is_churned AS is_churned, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers JOIN (SELECT max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_1 END) AS cut_1, max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_2 END) AS cut_2, max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_3 END) AS cut_3, max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_4 END) AS cut_4
FROM (SELECT rfm_cut.item AS item, rfm_cut.cut_1 AS cut_1, rfm_cut.cut_2 AS cut_2, rfm_cut.cut_3 AS cut_3, rfm_cut.cut_4 AS cut_4
FROM rfm_cut) AS cuts) AS value_cuts ON true
WHERE NOT customers.is_churned AND customers.value IS NOT NULL AND customers.risk IS NOT NULL ORDER BY customers.value DESC, customers.customer_id
