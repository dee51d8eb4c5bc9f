-- question
SELECT anon_1.position, CASE WHEN (anon_1.position = 181) THEN '181+' WHEN (anon_1.position = 91) THEN '91-180' WHEN (anon_1.position = 61) THEN '61-90' WHEN (anon_1.position = 31) THEN '31-60' WHEN (anon_1.position = 0) THEN '0-30' ELSE 'undated' END AS band, count(*) AS open, CAST(sum(anon_1.amount) AS BIGINT) AS amount
FROM (SELECT CASE WHEN ((CAST('2026-06-20' AS DATE) - CAST(deals.created_on AS DATE)) >= 181) THEN 181 WHEN ((CAST('2026-06-20' AS DATE) - CAST(deals.created_on AS DATE)) >= 91) THEN 91 WHEN ((CAST('2026-06-20' AS DATE) - CAST(deals.created_on AS DATE)) >= 61) THEN 61 WHEN ((CAST('2026-06-20' AS DATE) - CAST(deals.created_on AS DATE)) >= 31) THEN 31 WHEN ((CAST('2026-06-20' AS DATE) - CAST(deals.created_on AS DATE)) >= 0) THEN 0 ELSE -1 END AS position, deals.amount AS amount
FROM (SELECT opportunity_current.status AS status, opportunity_current.created_on AS created_on, opportunity_current.amount AS amount
FROM opportunity_current
WHERE opportunity_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND opportunity_current.region IN (CAST('East' AS region_t)) AND opportunity_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS deals
WHERE deals.status = 'open') AS anon_1 GROUP BY anon_1.position ORDER BY anon_1.position

-- members
SELECT deals.opportunity_id, deals.name, deals.stage, deals.seller, deals.created_on, deals.amount, (CAST('2026-06-20' AS DATE) - CAST(deals.created_on AS DATE)) AS days
FROM (SELECT opportunity_current.opportunity_id AS opportunity_id, opportunity_current.name AS name, opportunity_current.stage AS stage, opportunity_current.seller AS seller, opportunity_current.created_on AS created_on, opportunity_current.amount AS amount, opportunity_current.status AS status
FROM opportunity_current
WHERE opportunity_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND opportunity_current.region IN (CAST('East' AS region_t)) AND opportunity_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS deals
WHERE deals.status = 'open' ORDER BY deals.amount DESC NULLS LAST, deals.opportunity_id
