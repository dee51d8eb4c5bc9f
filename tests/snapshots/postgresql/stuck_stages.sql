-- question
SELECT stages.position, stuck.stage, count(*) AS stuck, CAST(sum(stuck.amount) AS BIGINT) AS amount
FROM (SELECT funnel_stage.position AS position, funnel_stage.stage AS stage
FROM funnel_stage) AS stages, (SELECT waits.opportunity_id AS opportunity_id, waits.name AS name, waits.seller AS seller, waits.amount AS amount, stages.stage AS stage, waits.entered_on AS entered_on, waits.days AS days, usual.usual_days AS usual_days
FROM (SELECT deals.opportunity_id AS opportunity_id, deals.name AS name, deals.seller AS seller, deals.amount AS amount, deals.reached AS reached, CASE WHEN (deals.reached = 1) THEN deals.stage_1_on WHEN (deals.reached = 2) THEN deals.stage_2_on WHEN (deals.reached = 3) THEN deals.stage_3_on WHEN (deals.reached = 4) THEN deals.stage_4_on WHEN (deals.reached = 5) THEN deals.stage_5_on WHEN (deals.reached = 6) THEN deals.stage_6_on WHEN (deals.reached = 7) THEN deals.stage_7_on WHEN (deals.reached = 8) THEN deals.stage_8_on WHEN (deals.reached = 9) THEN deals.stage_9_on WHEN (deals.reached = 10) THEN deals.stage_10_on END AS entered_on, ('2026-06-20' - CASE WHEN (deals.reached = 1) THEN deals.stage_1_on WHEN (deals.reached = 2) THEN deals.stage_2_on WHEN (deals.reached = 3) THEN deals.stage_3_on WHEN (deals.reached = 4) THEN deals.stage_4_on WHEN (deals.reached = 5) THEN deals.stage_5_on WHEN (deals.reached = 6) THEN deals.stage_6_on WHEN (deals.reached = 7) THEN deals.stage_7_on WHEN (deals.reached = 8) THEN deals.stage_8_on WHEN (deals.reached = 9) THEN deals.stage_9_on WHEN (deals.reached = 10) THEN deals.stage_10_on END) AS days
FROM (SELECT opportunity_current.opportunity_id AS opportunity_id, opportunity_current.name AS name, opportunity_current.seller AS seller, opportunity_current.amount AS amount, opportunity_current.status AS status, opportunity_current.reached AS reached, opportunity_current.stage_1_on AS stage_1_on, opportunity_current.stage_2_on AS stage_2_on, opportunity_current.stage_3_on AS stage_3_on, opportunity_current.stage_4_on AS stage_4_on, opportunity_current.stage_5_on AS stage_5_on, opportunity_current.stage_6_on AS stage_6_on, opportunity_current.stage_7_on AS stage_7_on, opportunity_current.stage_8_on AS stage_8_on, opportunity_current.stage_9_on AS stage_9_on, opportunity_current.stage_10_on AS stage_10_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.status = 'open') AS waits JOIN (SELECT stays.position AS position, percentile_cont(0.5) WITHIN GROUP (ORDER BY stays.days) AS usual_days
FROM (SELECT 1 AS position, deals.stage_1_on AS entered_on, deals.stage_2_on AS left_on, (deals.stage_2_on - deals.stage_1_on) AS days
FROM (SELECT opportunity_current.stage_1_on AS stage_1_on, opportunity_current.stage_2_on AS stage_2_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_2_on >= '2025-06-21' AND deals.stage_2_on < '2026-06-21' AND deals.stage_1_on IS NOT NULL UNION ALL SELECT 2 AS position, deals.stage_2_on AS entered_on, deals.stage_3_on AS left_on, (deals.stage_3_on - deals.stage_2_on) AS days
FROM (SELECT opportunity_current.stage_2_on AS stage_2_on, opportunity_current.stage_3_on AS stage_3_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_3_on >= '2025-06-21' AND deals.stage_3_on < '2026-06-21' AND deals.stage_2_on IS NOT NULL UNION ALL SELECT 3 AS position, deals.stage_3_on AS entered_on, deals.stage_4_on AS left_on, (deals.stage_4_on - deals.stage_3_on) AS days
FROM (SELECT opportunity_current.stage_3_on AS stage_3_on, opportunity_current.stage_4_on AS stage_4_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_4_on >= '2025-06-21' AND deals.stage_4_on < '2026-06-21' AND deals.stage_3_on IS NOT NULL UNION ALL SELECT 4 AS position, deals.stage_4_on AS entered_on, deals.stage_5_on AS left_on, (deals.stage_5_on - deals.stage_4_on) AS days
FROM (SELECT opportunity_current.stage_4_on AS stage_4_on, opportunity_current.stage_5_on AS stage_5_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_5_on >= '2025-06-21' AND deals.stage_5_on < '2026-06-21' AND deals.stage_4_on IS NOT NULL UNION ALL SELECT 5 AS position, deals.stage_5_on AS entered_on, deals.stage_6_on AS left_on, (deals.stage_6_on - deals.stage_5_on) AS days
FROM (SELECT opportunity_current.stage_5_on AS stage_5_on, opportunity_current.stage_6_on AS stage_6_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_6_on >= '2025-06-21' AND deals.stage_6_on < '2026-06-21' AND deals.stage_5_on IS NOT NULL UNION ALL SELECT 6 AS position, deals.stage_6_on AS entered_on, deals.stage_7_on AS left_on, (deals.stage_7_on - deals.stage_6_on) AS days
FROM (SELECT opportunity_current.stage_6_on AS stage_6_on, opportunity_current.stage_7_on AS stage_7_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_7_on >= '2025-06-21' AND deals.stage_7_on < '2026-06-21' AND deals.stage_6_on IS NOT NULL UNION ALL SELECT 7 AS position, deals.stage_7_on AS entered_on, deals.stage_8_on AS left_on, (deals.stage_8_on - deals.stage_7_on) AS days
FROM (SELECT opportunity_current.stage_7_on AS stage_7_on, opportunity_current.stage_8_on AS stage_8_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_8_on >= '2025-06-21' AND deals.stage_8_on < '2026-06-21' AND deals.stage_7_on IS NOT NULL UNION ALL SELECT 8 AS position, deals.stage_8_on AS entered_on, deals.stage_9_on AS left_on, (deals.stage_9_on - deals.stage_8_on) AS days
FROM (SELECT opportunity_current.stage_8_on AS stage_8_on, opportunity_current.stage_9_on AS stage_9_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_9_on >= '2025-06-21' AND deals.stage_9_on < '2026-06-21' AND deals.stage_8_on IS NOT NULL UNION ALL SELECT 9 AS position, deals.stage_9_on AS entered_on, deals.stage_10_on AS left_on, (deals.stage_10_on - deals.stage_9_on) AS days
FROM (SELECT opportunity_current.stage_9_on AS stage_9_on, opportunity_current.stage_10_on AS stage_10_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_10_on >= '2025-06-21' AND deals.stage_10_on < '2026-06-21' AND deals.stage_9_on IS NOT NULL UNION ALL SELECT deals.reached AS position, CASE WHEN (deals.reached = 1) THEN deals.stage_1_on WHEN (deals.reached = 2) THEN deals.stage_2_on WHEN (deals.reached = 3) THEN deals.stage_3_on WHEN (deals.reached = 4) THEN deals.stage_4_on WHEN (deals.reached = 5) THEN deals.stage_5_on WHEN (deals.reached = 6) THEN deals.stage_6_on WHEN (deals.reached = 7) THEN deals.stage_7_on WHEN (deals.reached = 8) THEN deals.stage_8_on WHEN (deals.reached = 9) THEN deals.stage_9_on WHEN (deals.reached = 10) THEN deals.stage_10_on END AS entered_on, deals.closed_on AS left_on, (deals.closed_on - CASE WHEN (deals.reached = 1) THEN deals.stage_1_on WHEN (deals.reached = 2) THEN deals.stage_2_on WHEN (deals.reached = 3) THEN deals.stage_3_on WHEN (deals.reached = 4) THEN deals.stage_4_on WHEN (deals.reached = 5) THEN deals.stage_5_on WHEN (deals.reached = 6) THEN deals.stage_6_on WHEN (deals.reached = 7) THEN deals.stage_7_on WHEN (deals.reached = 8) THEN deals.stage_8_on WHEN (deals.reached = 9) THEN deals.stage_9_on WHEN (deals.reached = 10) THEN deals.stage_10_on END) AS days
FROM (SELECT opportunity_current.status AS status, opportunity_current.reached AS reached, opportunity_current.closed_on AS closed_on, opportunity_current.stage_1_on AS stage_1_on, opportunity_current.stage_2_on AS stage_2_on, opportunity_current.stage_3_on AS stage_3_on, opportunity_current.stage_4_on AS stage_4_on, opportunity_current.stage_5_on AS stage_5_on, opportunity_current.stage_6_on AS stage_6_on, opportunity_current.stage_7_on AS stage_7_on, opportunity_current.stage_8_on AS stage_8_on, opportunity_current.stage_9_on AS stage_9_on, opportunity_current.stage_10_on AS stage_10_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.status = 'lost' AND deals.closed_on >= '2025-06-21' AND deals.closed_on < '2026-06-21' AND CASE WHEN (deals.reached = 1) THEN deals.stage_1_on WHEN (deals.reached = 2) THEN deals.stage_2_on WHEN (deals.reached = 3) THEN deals.stage_3_on WHEN (deals.reached = 4) THEN deals.stage_4_on WHEN (deals.reached = 5) THEN deals.stage_5_on WHEN (deals.reached = 6) THEN deals.stage_6_on WHEN (deals.reached = 7) THEN deals.stage_7_on WHEN (deals.reached = 8) THEN deals.stage_8_on WHEN (deals.reached = 9) THEN deals.stage_9_on WHEN (deals.reached = 10) THEN deals.stage_10_on END IS NOT NULL) AS stays GROUP BY stays.position) AS usual ON waits.reached = usual.position JOIN (SELECT funnel_stage.position AS position, funnel_stage.stage AS stage
FROM funnel_stage) AS stages ON stages.position = waits.reached
WHERE CAST(waits.days AS DOUBLE PRECISION) > usual.usual_days * 2) AS stuck
WHERE stages.stage = stuck.stage GROUP BY stages.position, stuck.stage ORDER BY stages.position

-- members
SELECT waits.opportunity_id, waits.name, waits.seller, waits.amount, stages.stage, waits.entered_on, waits.days, usual.usual_days
FROM (SELECT deals.opportunity_id AS opportunity_id, deals.name AS name, deals.seller AS seller, deals.amount AS amount, deals.reached AS reached, CASE WHEN (deals.reached = 1) THEN deals.stage_1_on WHEN (deals.reached = 2) THEN deals.stage_2_on WHEN (deals.reached = 3) THEN deals.stage_3_on WHEN (deals.reached = 4) THEN deals.stage_4_on WHEN (deals.reached = 5) THEN deals.stage_5_on WHEN (deals.reached = 6) THEN deals.stage_6_on WHEN (deals.reached = 7) THEN deals.stage_7_on WHEN (deals.reached = 8) THEN deals.stage_8_on WHEN (deals.reached = 9) THEN deals.stage_9_on WHEN (deals.reached = 10) THEN deals.stage_10_on END AS entered_on, ('2026-06-20' - CASE WHEN (deals.reached = 1) THEN deals.stage_1_on WHEN (deals.reached = 2) THEN deals.stage_2_on WHEN (deals.reached = 3) THEN deals.stage_3_on WHEN (deals.reached = 4) THEN deals.stage_4_on WHEN (deals.reached = 5) THEN deals.stage_5_on WHEN (deals.reached = 6) THEN deals.stage_6_on WHEN (deals.reached = 7) THEN deals.stage_7_on WHEN (deals.reached = 8) THEN deals.stage_8_on WHEN (deals.reached = 9) THEN deals.stage_9_on WHEN (deals.reached = 10) THEN deals.stage_10_on END) AS days
FROM (SELECT opportunity_current.opportunity_id AS opportunity_id, opportunity_current.name AS name, opportunity_current.seller AS seller, opportunity_current.amount AS amount, opportunity_current.status AS status, opportunity_current.reached AS reached, opportunity_current.stage_1_on AS stage_1_on, opportunity_current.stage_2_on AS stage_2_on, opportunity_current.stage_3_on AS stage_3_on, opportunity_current.stage_4_on AS stage_4_on, opportunity_current.stage_5_on AS stage_5_on, opportunity_current.stage_6_on AS stage_6_on, opportunity_current.stage_7_on AS stage_7_on, opportunity_current.stage_8_on AS stage_8_on, opportunity_current.stage_9_on AS stage_9_on, opportunity_current.stage_10_on AS stage_10_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.status = 'open') AS waits JOIN (SELECT stays.position AS position, percentile_cont(0.5) WITHIN GROUP (ORDER BY stays.days) AS usual_days
FROM (SELECT 1 AS position, deals.stage_1_on AS entered_on, deals.stage_2_on AS left_on, (deals.stage_2_on - deals.stage_1_on) AS days
FROM (SELECT opportunity_current.stage_1_on AS stage_1_on, opportunity_current.stage_2_on AS stage_2_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_2_on >= '2025-06-21' AND deals.stage_2_on < '2026-06-21' AND deals.stage_1_on IS NOT NULL UNION ALL SELECT 2 AS position, deals.stage_2_on AS entered_on, deals.stage_3_on AS left_on, (deals.stage_3_on - deals.stage_2_on) AS days
FROM (SELECT opportunity_current.stage_2_on AS stage_2_on, opportunity_current.stage_3_on AS stage_3_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_3_on >= '2025-06-21' AND deals.stage_3_on < '2026-06-21' AND deals.stage_2_on IS NOT NULL UNION ALL SELECT 3 AS position, deals.stage_3_on AS entered_on, deals.stage_4_on AS left_on, (deals.stage_4_on - deals.stage_3_on) AS days
FROM (SELECT opportunity_current.stage_3_on AS stage_3_on, opportunity_current.stage_4_on AS stage_4_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_4_on >= '2025-06-21' AND deals.stage_4_on < '2026-06-21' AND deals.stage_3_on IS NOT NULL UNION ALL SELECT 4 AS position, deals.stage_4_on AS entered_on, deals.stage_5_on AS left_on, (deals.stage_5_on - deals.stage_4_on) AS days
FROM (SELECT opportunity_current.stage_4_on AS stage_4_on, opportunity_current.stage_5_on AS stage_5_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_5_on >= '2025-06-21' AND deals.stage_5_on < '2026-06-21' AND deals.stage_4_on IS NOT NULL UNION ALL SELECT 5 AS position, deals.stage_5_on AS entered_on, deals.stage_6_on AS left_on, (deals.stage_6_on - deals.stage_5_on) AS days
FROM (SELECT opportunity_current.stage_5_on AS stage_5_on, opportunity_current.stage_6_on AS stage_6_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_6_on >= '2025-06-21' AND deals.stage_6_on < '2026-06-21' AND deals.stage_5_on IS NOT NULL UNION ALL SELECT 6 AS position, deals.stage_6_on AS entered_on, deals.stage_7_on AS left_on, (deals.stage_7_on - deals.stage_6_on) AS days
FROM (SELECT opportunity_current.stage_6_on AS stage_6_on, opportunity_current.stage_7_on AS stage_7_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_7_on >= '2025-06-21' AND deals.stage_7_on < '2026-06-21' AND deals.stage_6_on IS NOT NULL UNION ALL SELECT 7 AS position, deals.stage_7_on AS entered_on, deals.stage_8_on AS left_on, (deals.stage_8_on - deals.stage_7_on) AS days
FROM (SELECT opportunity_current.stage_7_on AS stage_7_on, opportunity_current.stage_8_on AS stage_8_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_8_on >= '2025-06-21' AND deals.stage_8_on < '2026-06-21' AND deals.stage_7_on IS NOT NULL UNION ALL SELECT 8 AS position, deals.stage_8_on AS entered_on, deals.stage_9_on AS left_on, (deals.stage_9_on - deals.stage_8_on) AS days
FROM (SELECT opportunity_current.stage_8_on AS stage_8_on, opportunity_current.stage_9_on AS stage_9_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_9_on >= '2025-06-21' AND deals.stage_9_on < '2026-06-21' AND deals.stage_8_on IS NOT NULL UNION ALL SELECT 9 AS position, deals.stage_9_on AS entered_on, deals.stage_10_on AS left_on, (deals.stage_10_on - deals.stage_9_on) AS days
FROM (SELECT opportunity_current.stage_9_on AS stage_9_on, opportunity_current.stage_10_on AS stage_10_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.stage_10_on >= '2025-06-21' AND deals.stage_10_on < '2026-06-21' AND deals.stage_9_on IS NOT NULL UNION ALL SELECT deals.reached AS position, CASE WHEN (deals.reached = 1) THEN deals.stage_1_on WHEN (deals.reached = 2) THEN deals.stage_2_on WHEN (deals.reached = 3) THEN deals.stage_3_on WHEN (deals.reached = 4) THEN deals.stage_4_on WHEN (deals.reached = 5) THEN deals.stage_5_on WHEN (deals.reached = 6) THEN deals.stage_6_on WHEN (deals.reached = 7) THEN deals.stage_7_on WHEN (deals.reached = 8) THEN deals.stage_8_on WHEN (deals.reached = 9) THEN deals.stage_9_on WHEN (deals.reached = 10) THEN deals.stage_10_on END AS entered_on, deals.closed_on AS left_on, (deals.closed_on - CASE WHEN (deals.reached = 1) THEN deals.stage_1_on WHEN (deals.reached = 2) THEN deals.stage_2_on WHEN (deals.reached = 3) THEN deals.stage_3_on WHEN (deals.reached = 4) THEN deals.stage_4_on WHEN (deals.reached = 5) THEN deals.stage_5_on WHEN (deals.reached = 6) THEN deals.stage_6_on WHEN (deals.reached = 7) THEN deals.stage_7_on WHEN (deals.reached = 8) THEN deals.stage_8_on WHEN (deals.reached = 9) THEN deals.stage_9_on WHEN (deals.reached = 10) THEN deals.stage_10_on END) AS days
FROM (SELECT opportunity_current.status AS status, opportunity_current.reached AS reached, opportunity_current.closed_on AS closed_on, opportunity_current.stage_1_on AS stage_1_on, opportunity_current.stage_2_on AS stage_2_on, opportunity_current.stage_3_on AS stage_3_on, opportunity_current.stage_4_on AS stage_4_on, opportunity_current.stage_5_on AS stage_5_on, opportunity_current.stage_6_on AS stage_6_on, opportunity_current.stage_7_on AS stage_7_on, opportunity_current.stage_8_on AS stage_8_on, opportunity_current.stage_9_on AS stage_9_on, opportunity_current.stage_10_on AS stage_10_on
FROM opportunity_current
WHERE opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS deals
WHERE deals.status = 'lost' AND deals.closed_on >= '2025-06-21' AND deals.closed_on < '2026-06-21' AND CASE WHEN (deals.reached = 1) THEN deals.stage_1_on WHEN (deals.reached = 2) THEN deals.stage_2_on WHEN (deals.reached = 3) THEN deals.stage_3_on WHEN (deals.reached = 4) THEN deals.stage_4_on WHEN (deals.reached = 5) THEN deals.stage_5_on WHEN (deals.reached = 6) THEN deals.stage_6_on WHEN (deals.reached = 7) THEN deals.stage_7_on WHEN (deals.reached = 8) THEN deals.stage_8_on WHEN (deals.reached = 9) THEN deals.stage_9_on WHEN (deals.reached = 10) THEN deals.stage_10_on END IS NOT NULL) AS stays GROUP BY stays.position) AS usual ON waits.reached = usual.position JOIN (SELECT funnel_stage.position AS position, funnel_stage.stage AS stage
FROM funnel_stage) AS stages ON stages.position = waits.reached
WHERE CAST(waits.days AS DOUBLE PRECISION) > usual.usual_days * 2 ORDER BY waits.amount DESC NULLS LAST, waits.opportunity_id
