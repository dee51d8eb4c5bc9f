-- question
SELECT deals.opportunity_id, deals.name, deals.stage, deals.seller, deals.created_on, deals.quote_waiting
FROM (SELECT opportunity_current.opportunity_id AS opportunity_id, opportunity_current.name AS name, opportunity_current.stage AS stage, opportunity_current.seller AS seller, opportunity_current.created_on AS created_on, opportunity_current.quote_waiting AS quote_waiting, opportunity_current.status AS status
FROM opportunity_current
WHERE opportunity_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND opportunity_current.region IN (CAST('East' AS region_t)) AND opportunity_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS deals
WHERE deals.quote_waiting IS NOT NULL AND deals.status = 'open' ORDER BY deals.quote_waiting DESC, deals.opportunity_id
LIMIT 12

-- members
SELECT deals.opportunity_id, deals.name, deals.stage, deals.seller, deals.created_on, deals.quote_waiting
FROM (SELECT opportunity_current.opportunity_id AS opportunity_id, opportunity_current.name AS name, opportunity_current.stage AS stage, opportunity_current.seller AS seller, opportunity_current.created_on AS created_on, opportunity_current.quote_waiting AS quote_waiting, opportunity_current.status AS status
FROM opportunity_current
WHERE opportunity_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND opportunity_current.region IN (CAST('East' AS region_t)) AND opportunity_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS deals
WHERE deals.quote_waiting IS NOT NULL AND deals.status = 'open' ORDER BY deals.quote_waiting DESC, deals.opportunity_id
