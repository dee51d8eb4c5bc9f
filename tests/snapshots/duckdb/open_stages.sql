-- question
SELECT stages.position, held.stage, held.open, held.amount, held.undated
FROM (SELECT CAST(deals.stage AS TEXT) AS stage, count(*) AS open, CAST(sum(deals.amount) AS BIGINT) AS amount, CAST(sum(CASE WHEN (deals.created_on IS NULL) THEN 1 ELSE 0 END) AS BIGINT) AS undated
FROM (SELECT opportunity_current.status AS status, opportunity_current.stage AS stage, opportunity_current.created_on AS created_on, opportunity_current.amount AS amount
FROM opportunity_current
WHERE opportunity_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND opportunity_current.region IN (CAST('East' AS region_t)) AND opportunity_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS deals
WHERE deals.status = 'open' GROUP BY deals.stage) AS held LEFT OUTER JOIN (SELECT funnel_stage.position AS position, funnel_stage.stage AS stage
FROM funnel_stage) AS stages ON stages.stage = held.stage ORDER BY stages.position NULLS LAST, held.stage

-- members
SELECT deals.opportunity_id, deals.name, deals.stage, deals.seller, deals.created_on, deals.amount, (CAST('2026-06-20' AS DATE) - CAST(deals.created_on AS DATE)) AS days
FROM (SELECT opportunity_current.opportunity_id AS opportunity_id, opportunity_current.name AS name, opportunity_current.stage AS stage, opportunity_current.seller AS seller, opportunity_current.created_on AS created_on, opportunity_current.amount AS amount, opportunity_current.status AS status
FROM opportunity_current
WHERE opportunity_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND opportunity_current.region IN (CAST('East' AS region_t)) AND opportunity_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS deals
WHERE deals.status = 'open' ORDER BY deals.amount DESC NULLS LAST, deals.opportunity_id
