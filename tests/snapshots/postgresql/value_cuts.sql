-- question
SELECT value_cuts.cut_1 AS cut_1, value_cuts.cut_2 AS cut_2, value_cuts.cut_3 AS cut_3, value_cuts.cut_4 AS cut_4
FROM (SELECT max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_1 END) AS cut_1, max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_2 END) AS cut_2, max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_3 END) AS cut_3, max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_4 END) AS cut_4
FROM (SELECT rfm_cut.item AS item, rfm_cut.cut_1 AS cut_1, rfm_cut.cut_2 AS cut_2, rfm_cut.cut_3 AS cut_3, rfm_cut.cut_4 AS cut_4
FROM rfm_cut) AS cuts) AS value_cuts ORDER BY value_cuts.cut_1

-- members
SELECT customers.customer_id, customers.name, customers.region, customers.team, customers.rep, customers.tier, customers.value AS customer_asset, customers.risk
FROM (SELECT customer_current.value AS value, customer_current.risk AS risk, customer_current.is_churned AS is_churned, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers JOIN (SELECT max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_1 END) AS cut_1, max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_2 END) AS cut_2, max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_3 END) AS cut_3, max(CASE WHEN (cuts.item = 'value') THEN cuts.cut_4 END) AS cut_4
FROM (SELECT rfm_cut.item AS item, rfm_cut.cut_1 AS cut_1, rfm_cut.cut_2 AS cut_2, rfm_cut.cut_3 AS cut_3, rfm_cut.cut_4 AS cut_4
FROM rfm_cut) AS cuts) AS value_cuts ON true
WHERE NOT customers.is_churned AND customers.value IS NOT NULL AND customers.risk IS NOT NULL ORDER BY customers.value DESC, customers.customer_id
