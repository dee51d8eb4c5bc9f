-- question
SELECT coalesce(CAST(moves.opening_tier AS TEXT), 'absent') AS was, CAST(moves.closing_tier AS TEXT) AS tier, count(*) AS customers, CAST(sum(moves.opening) AS BIGINT) AS opening, CAST(sum(moves.closing) AS BIGINT) AS closing, CAST(sum(moves.moved) AS BIGINT) AS moved, (CAST(CAST(sum(moves.amount) AS BIGINT) AS DOUBLE PRECISION) / nullif(count(moves.amount), 0)) / 100.0 AS amount, (CAST(CAST(sum(moves.loyalty) AS BIGINT) AS DOUBLE PRECISION) / nullif(count(moves.loyalty), 0)) / 100.0 AS loyalty, (CAST(CAST(sum(moves.referral) AS BIGINT) AS DOUBLE PRECISION) / nullif(count(moves.referral), 0)) / 100.0 AS referral, (CAST(CAST(sum(moves.service) AS BIGINT) AS DOUBLE PRECISION) / nullif(count(moves.service), 0)) / 100.0 AS service, (CAST(CAST(sum(moves.growth) AS BIGINT) AS DOUBLE PRECISION) / nullif(count(moves.growth), 0)) / 100.0 AS growth, (CAST(CAST(sum(moves.potential) AS BIGINT) AS DOUBLE PRECISION) / nullif(count(moves.potential), 0)) / 100.0 AS potential, (CAST(CAST(sum(moves.interaction) AS BIGINT) AS DOUBLE PRECISION) / nullif(count(moves.interaction), 0)) / 100.0 AS interaction
FROM (SELECT movements.opening_tier AS opening_tier, movements.closing_tier AS closing_tier, movements.opening AS opening, movements.closing AS closing, movements.moved AS moved, CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER) AS amount, CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER) AS loyalty, CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER) AS referral, CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER) AS service, CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER) AS growth, CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER) AS potential, CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER) AS interaction
FROM (SELECT told.customer_no AS customer_no, told.opening_tier AS opening_tier, told.closing_tier AS closing_tier, told.opening AS opening, told.closing AS closing, told.was_churned AS was_churned, told.is_churned AS is_churned, told.revaluation AS revaluation, told.is_quiet AS is_quiet, told.opening_score AS opening_score, told.opening_amount AS opening_amount, told.opening_loyalty AS opening_loyalty, told.opening_referral AS opening_referral, told.opening_service AS opening_service, told.opening_growth AS opening_growth, told.opening_potential AS opening_potential, told.opening_interaction AS opening_interaction, told.closing_score AS closing_score, told.closing_amount AS closing_amount, told.closing_loyalty AS closing_loyalty, told.closing_referral AS closing_referral, told.closing_service AS closing_service, told.closing_growth AS closing_growth, told.closing_potential AS closing_potential, told.closing_interaction AS closing_interaction, told.moved AS moved, CASE WHEN (told.was_churned IS NULL AND told.is_churned IS NOT NULL AND told.is_churned) THEN 7 WHEN (told.was_churned IS NULL AND told.is_churned IS NOT NULL) THEN 0 WHEN (told.is_churned IS NULL) THEN 5 WHEN (told.was_churned AND told.is_churned) THEN 6 WHEN told.was_churned THEN 1 WHEN told.is_churned THEN 4 WHEN (told.moved > 0) THEN 2 WHEN (told.moved < 0) THEN 3 ELSE 6 END AS place
FROM (SELECT sides.customer_no AS customer_no, sides.opening_tier AS opening_tier, sides.closing_tier AS closing_tier, sides.opening AS opening, sides.closing AS closing, sides.was_churned AS was_churned, sides.is_churned AS is_churned, sides.revaluation AS revaluation, sides.is_quiet AS is_quiet, sides.opening_score AS opening_score, sides.opening_amount AS opening_amount, sides.opening_loyalty AS opening_loyalty, sides.opening_referral AS opening_referral, sides.opening_service AS opening_service, sides.opening_growth AS opening_growth, sides.opening_potential AS opening_potential, sides.opening_interaction AS opening_interaction, sides.closing_score AS closing_score, sides.closing_amount AS closing_amount, sides.closing_loyalty AS closing_loyalty, sides.closing_referral AS closing_referral, sides.closing_service AS closing_service, sides.closing_growth AS closing_growth, sides.closing_potential AS closing_potential, sides.closing_interaction AS closing_interaction, CASE WHEN (sides.opening IS NOT NULL OR sides.closing IS NOT NULL OR sides.revaluation != 0) THEN (coalesce(sides.closing, 0) - coalesce(sides.opening, 0)) - sides.revaluation END AS moved
FROM (SELECT customer_current.customer_no AS customer_no, s.tier AS opening_tier, e.tier AS closing_tier, CASE WHEN (s.is_churned IS false) THEN s.value END AS opening, CASE WHEN (e.is_churned IS false) THEN e.value END AS closing, s.is_churned AS was_churned, e.is_churned AS is_churned, 0 AS revaluation, customer_current.covered_until IS NULL AND (coalesce(customer_current.months_1, 0) & 558446353793941504) = 0 AS is_quiet, s.score AS opening_score, s.amount AS opening_amount, s.loyalty AS opening_loyalty, s.referral AS opening_referral, s.service AS opening_service, s.growth AS opening_growth, s.potential AS opening_potential, s.interaction AS opening_interaction, e.score AS closing_score, e.amount AS closing_amount, e.loyalty AS closing_loyalty, e.referral AS closing_referral, e.service AS closing_service, e.growth AS closing_growth, e.potential AS closing_potential, e.interaction AS closing_interaction
FROM customer_current JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier, customer_snapshot.is_churned AS is_churned, customer_snapshot.value AS value, customer_snapshot.score AS score, customer_snapshot.amount AS amount, customer_snapshot.loyalty AS loyalty, customer_snapshot.referral AS referral, customer_snapshot.service AS service, customer_snapshot.growth AS growth, customer_snapshot.potential AS potential, customer_snapshot.interaction AS interaction
FROM customer_snapshot
WHERE customer_snapshot.month = '2026-05-01') AS e ON e.customer_no = customer_current.customer_no JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier, customer_snapshot.is_churned AS is_churned, customer_snapshot.value AS value, customer_snapshot.score AS score, customer_snapshot.amount AS amount, customer_snapshot.loyalty AS loyalty, customer_snapshot.referral AS referral, customer_snapshot.service AS service, customer_snapshot.growth AS growth, customer_snapshot.potential AS potential, customer_snapshot.interaction AS interaction
FROM customer_snapshot
WHERE customer_snapshot.month = '2025-12-01') AS s ON s.customer_no = customer_current.customer_no
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t)) UNION ALL SELECT customer_current.customer_no AS customer_no, CAST(NULL AS tier_t) AS opening_tier, e.tier AS closing_tier, CASE WHEN (CAST(NULL AS BOOLEAN) IS false) THEN CAST(NULL AS BIGINT) END AS opening, CASE WHEN (e.is_churned IS false) THEN e.value END AS closing, CAST(NULL AS BOOLEAN) AS was_churned, e.is_churned AS is_churned, 0 AS revaluation, customer_current.covered_until IS NULL AND (coalesce(customer_current.months_1, 0) & 558446353793941504) = 0 AS is_quiet, CAST(NULL AS SMALLINT) AS opening_score, CAST(NULL AS SMALLINT) AS opening_amount, CAST(NULL AS SMALLINT) AS opening_loyalty, CAST(NULL AS SMALLINT) AS opening_referral, CAST(NULL AS SMALLINT) AS opening_service, CAST(NULL AS SMALLINT) AS opening_growth, CAST(NULL AS SMALLINT) AS opening_potential, CAST(NULL AS SMALLINT) AS opening_interaction, e.score AS closing_score, e.amount AS closing_amount, e.loyalty AS closing_loyalty, e.referral AS closing_referral, e.service AS closing_service, e.growth AS closing_growth, e.potential AS closing_potential, e.interaction AS closing_interaction
FROM customer_current JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier, customer_snapshot.is_churned AS is_churned, customer_snapshot.value AS value, customer_snapshot.score AS score, customer_snapshot.amount AS amount, customer_snapshot.loyalty AS loyalty, customer_snapshot.referral AS referral, customer_snapshot.service AS service, customer_snapshot.growth AS growth, customer_snapshot.potential AS potential, customer_snapshot.interaction AS interaction
FROM customer_snapshot
WHERE customer_snapshot.month = '2026-05-01') AS e ON e.customer_no = customer_current.customer_no
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t)) AND NOT (coalesce(customer_current.first_on < '2026-01-01', false) OR coalesce(customer_current.contract_on < '2026-01-01', false))) AS sides) AS told) AS movements) AS moves GROUP BY moves.opening_tier, moves.closing_tier ORDER BY coalesce(CAST(moves.opening_tier AS TEXT), 'absent'), CAST(moves.closing_tier AS TEXT)

-- members
SELECT movements.customer_id, movements.name, movements.region, movements.team, movements.rep, coalesce(CAST(movements.opening_tier AS TEXT), 'absent') AS tier_before, CAST(movements.closing_tier AS TEXT) AS tier, movements.opening AS asset_opening, movements.closing AS asset_at_close, movements.moved AS asset_moved, CAST(movements.opening_score AS DOUBLE PRECISION) / 100.0 AS score_before, CAST(movements.closing_score AS DOUBLE PRECISION) / 100.0 AS score, CAST(CASE WHEN (abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'amount' WHEN (abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'loyalty' WHEN (abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'referral' WHEN (abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'service' WHEN (abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'growth' WHEN (abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'potential' WHEN (abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'interaction' END AS TEXT) AS mover, CAST(CASE WHEN (CAST(CASE WHEN (abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'amount' WHEN (abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'loyalty' WHEN (abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'referral' WHEN (abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'service' WHEN (abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'growth' WHEN (abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'potential' WHEN (abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'interaction' END AS TEXT) = 'amount') THEN CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER) WHEN (CAST(CASE WHEN (abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'amount' WHEN (abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'loyalty' WHEN (abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'referral' WHEN (abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'service' WHEN (abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'growth' WHEN (abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'potential' WHEN (abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'interaction' END AS TEXT) = 'loyalty') THEN CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER) WHEN (CAST(CASE WHEN (abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'amount' WHEN (abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'loyalty' WHEN (abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'referral' WHEN (abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'service' WHEN (abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'growth' WHEN (abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'potential' WHEN (abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'interaction' END AS TEXT) = 'referral') THEN CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER) WHEN (CAST(CASE WHEN (abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'amount' WHEN (abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'loyalty' WHEN (abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'referral' WHEN (abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'service' WHEN (abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'growth' WHEN (abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'potential' WHEN (abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'interaction' END AS TEXT) = 'service') THEN CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER) WHEN (CAST(CASE WHEN (abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'amount' WHEN (abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'loyalty' WHEN (abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'referral' WHEN (abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'service' WHEN (abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'growth' WHEN (abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'potential' WHEN (abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'interaction' END AS TEXT) = 'growth') THEN CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER) WHEN (CAST(CASE WHEN (abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'amount' WHEN (abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'loyalty' WHEN (abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'referral' WHEN (abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'service' WHEN (abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'growth' WHEN (abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'potential' WHEN (abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'interaction' END AS TEXT) = 'potential') THEN CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER) WHEN (CAST(CASE WHEN (abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'amount' WHEN (abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'loyalty' WHEN (abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'referral' WHEN (abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'service' WHEN (abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'growth' WHEN (abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'potential' WHEN (abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0) = greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) AND greatest(abs(CAST(movements.closing_amount AS INTEGER) - CAST(movements.opening_amount AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_1
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'amount'), 0.0), abs(CAST(movements.closing_loyalty AS INTEGER) - CAST(movements.opening_loyalty AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_2
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'loyalty'), 0.0), abs(CAST(movements.closing_referral AS INTEGER) - CAST(movements.opening_referral AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_3
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'referral'), 0.0), abs(CAST(movements.closing_service AS INTEGER) - CAST(movements.opening_service AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_4
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'service'), 0.0), abs(CAST(movements.closing_growth AS INTEGER) - CAST(movements.opening_growth AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_5
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'growth'), 0.0), abs(CAST(movements.closing_potential AS INTEGER) - CAST(movements.opening_potential AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_6
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'potential'), 0.0), abs(CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER)) * coalesce((SELECT max(model_facts.value) AS max_7
FROM (SELECT model_fact.part AS part, model_fact.name AS name, model_fact.value AS value, model_fact.error AS error
FROM model_fact) AS model_facts
WHERE model_facts.part = 'weight' AND model_facts.name = 'interaction'), 0.0)) > 0) THEN 'interaction' END AS TEXT) = 'interaction') THEN CAST(movements.closing_interaction AS INTEGER) - CAST(movements.opening_interaction AS INTEGER) END AS DOUBLE PRECISION) / 100.0 AS mover_points
FROM (SELECT told.customer_no AS customer_no, told.customer_id AS customer_id, told.name AS name, told.region AS region, told.team AS team, told.rep AS rep, told.opening_tier AS opening_tier, told.closing_tier AS closing_tier, told.opening AS opening, told.closing AS closing, told.was_churned AS was_churned, told.is_churned AS is_churned, told.revaluation AS revaluation, told.is_quiet AS is_quiet, told.opening_score AS opening_score, told.opening_amount AS opening_amount, told.opening_loyalty AS opening_loyalty, told.opening_referral AS opening_referral, told.opening_service AS opening_service, told.opening_growth AS opening_growth, told.opening_potential AS opening_potential, told.opening_interaction AS opening_interaction, told.closing_score AS closing_score, told.closing_amount AS closing_amount, told.closing_loyalty AS closing_loyalty, told.closing_referral AS closing_referral, told.closing_service AS closing_service, told.closing_growth AS closing_growth, told.closing_potential AS closing_potential, told.closing_interaction AS closing_interaction, told.moved AS moved, CASE WHEN (told.was_churned IS NULL AND told.is_churned IS NOT NULL AND told.is_churned) THEN 7 WHEN (told.was_churned IS NULL AND told.is_churned IS NOT NULL) THEN 0 WHEN (told.is_churned IS NULL) THEN 5 WHEN (told.was_churned AND told.is_churned) THEN 6 WHEN told.was_churned THEN 1 WHEN told.is_churned THEN 4 WHEN (told.moved > 0) THEN 2 WHEN (told.moved < 0) THEN 3 ELSE 6 END AS place
FROM (SELECT sides.customer_no AS customer_no, sides.customer_id AS customer_id, sides.name AS name, sides.region AS region, sides.team AS team, sides.rep AS rep, sides.opening_tier AS opening_tier, sides.closing_tier AS closing_tier, sides.opening AS opening, sides.closing AS closing, sides.was_churned AS was_churned, sides.is_churned AS is_churned, sides.revaluation AS revaluation, sides.is_quiet AS is_quiet, sides.opening_score AS opening_score, sides.opening_amount AS opening_amount, sides.opening_loyalty AS opening_loyalty, sides.opening_referral AS opening_referral, sides.opening_service AS opening_service, sides.opening_growth AS opening_growth, sides.opening_potential AS opening_potential, sides.opening_interaction AS opening_interaction, sides.closing_score AS closing_score, sides.closing_amount AS closing_amount, sides.closing_loyalty AS closing_loyalty, sides.closing_referral AS closing_referral, sides.closing_service AS closing_service, sides.closing_growth AS closing_growth, sides.closing_potential AS closing_potential, sides.closing_interaction AS closing_interaction, CASE WHEN (sides.opening IS NOT NULL OR sides.closing IS NOT NULL OR sides.revaluation != 0) THEN (coalesce(sides.closing, 0) - coalesce(sides.opening, 0)) - sides.revaluation END AS moved
FROM (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.team AS team, customer_current.rep AS rep, s.tier AS opening_tier, e.tier AS closing_tier, CASE WHEN (s.is_churned IS false) THEN s.value END AS opening, CASE WHEN (e.is_churned IS false) THEN e.value END AS closing, s.is_churned AS was_churned, e.is_churned AS is_churned, 0 AS revaluation, customer_current.covered_until IS NULL AND (coalesce(customer_current.months_1, 0) & 558446353793941504) = 0 AS is_quiet, s.score AS opening_score, s.amount AS opening_amount, s.loyalty AS opening_loyalty, s.referral AS opening_referral, s.service AS opening_service, s.growth AS opening_growth, s.potential AS opening_potential, s.interaction AS opening_interaction, e.score AS closing_score, e.amount AS closing_amount, e.loyalty AS closing_loyalty, e.referral AS closing_referral, e.service AS closing_service, e.growth AS closing_growth, e.potential AS closing_potential, e.interaction AS closing_interaction
FROM customer_current JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier, customer_snapshot.is_churned AS is_churned, customer_snapshot.value AS value, customer_snapshot.score AS score, customer_snapshot.amount AS amount, customer_snapshot.loyalty AS loyalty, customer_snapshot.referral AS referral, customer_snapshot.service AS service, customer_snapshot.growth AS growth, customer_snapshot.potential AS potential, customer_snapshot.interaction AS interaction
FROM customer_snapshot
WHERE customer_snapshot.month = '2026-05-01') AS e ON e.customer_no = customer_current.customer_no JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier, customer_snapshot.is_churned AS is_churned, customer_snapshot.value AS value, customer_snapshot.score AS score, customer_snapshot.amount AS amount, customer_snapshot.loyalty AS loyalty, customer_snapshot.referral AS referral, customer_snapshot.service AS service, customer_snapshot.growth AS growth, customer_snapshot.potential AS potential, customer_snapshot.interaction AS interaction
FROM customer_snapshot
WHERE customer_snapshot.month = '2025-12-01') AS s ON s.customer_no = customer_current.customer_no
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t)) UNION ALL SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.team AS team, customer_current.rep AS rep, CAST(NULL AS tier_t) AS opening_tier, e.tier AS closing_tier, CASE WHEN (CAST(NULL AS BOOLEAN) IS false) THEN CAST(NULL AS BIGINT) END AS opening, CASE WHEN (e.is_churned IS false) THEN e.value END AS closing, CAST(NULL AS BOOLEAN) AS was_churned, e.is_churned AS is_churned, 0 AS revaluation, customer_current.covered_until IS NULL AND (coalesce(customer_current.months_1, 0) & 558446353793941504) = 0 AS is_quiet, CAST(NULL AS SMALLINT) AS opening_score, CAST(NULL AS SMALLINT) AS opening_amount, CAST(NULL AS SMALLINT) AS opening_loyalty, CAST(NULL AS SMALLINT) AS opening_referral, CAST(NULL AS SMALLINT) AS opening_service, CAST(NULL AS SMALLINT) AS opening_growth, CAST(NULL AS SMALLINT) AS opening_potential, CAST(NULL AS SMALLINT) AS opening_interaction, e.score AS closing_score, e.amount AS closing_amount, e.loyalty AS closing_loyalty, e.referral AS closing_referral, e.service AS closing_service, e.growth AS closing_growth, e.potential AS closing_potential, e.interaction AS closing_interaction
FROM customer_current JOIN (SELECT customer_snapshot.customer_no AS customer_no, customer_snapshot.tier AS tier, customer_snapshot.is_churned AS is_churned, customer_snapshot.value AS value, customer_snapshot.score AS score, customer_snapshot.amount AS amount, customer_snapshot.loyalty AS loyalty, customer_snapshot.referral AS referral, customer_snapshot.service AS service, customer_snapshot.growth AS growth, customer_snapshot.potential AS potential, customer_snapshot.interaction AS interaction
FROM customer_snapshot
WHERE customer_snapshot.month = '2026-05-01') AS e ON e.customer_no = customer_current.customer_no
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t)) AND NOT (coalesce(customer_current.first_on < '2026-01-01', false) OR coalesce(customer_current.contract_on < '2026-01-01', false))) AS sides) AS told) AS movements ORDER BY coalesce(movements.closing, movements.opening) DESC NULLS LAST, movements.customer_id
