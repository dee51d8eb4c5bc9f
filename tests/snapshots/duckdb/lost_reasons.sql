-- question
SELECT CAST(deals.lost_reason AS TEXT) AS reason, count(*) AS lost, CAST(sum(deals.amount) AS BIGINT) AS amount
FROM (SELECT opportunity_current.status AS status, opportunity_current.closed_on AS closed_on, opportunity_current.lost_reason AS lost_reason, opportunity_current.amount AS amount
FROM opportunity_current
WHERE opportunity_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND opportunity_current.region IN (CAST('East' AS region_t)) AND opportunity_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS deals
WHERE deals.status = 'lost' AND deals.closed_on >= '2026-01-10' AND deals.closed_on < '2026-06-21' GROUP BY deals.lost_reason ORDER BY count(*) DESC, CAST(deals.lost_reason AS TEXT)

-- members
SELECT deals.opportunity_id, deals.name, deals.lost_reason, deals.stage, deals.seller, deals.closed_on, deals.amount
FROM (SELECT opportunity_current.opportunity_id AS opportunity_id, opportunity_current.name AS name, opportunity_current.seller AS seller, opportunity_current.status AS status, opportunity_current.created_on AS created_on, opportunity_current.closed_on AS closed_on, opportunity_current.amount AS amount, opportunity_current.stage AS stage, opportunity_current.lost_reason AS lost_reason
FROM opportunity_current
WHERE opportunity_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND opportunity_current.region IN (CAST('East' AS region_t)) AND opportunity_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS deals
WHERE deals.status = 'lost' AND deals.closed_on >= '2026-01-10' AND deals.closed_on < '2026-06-21' ORDER BY deals.amount DESC NULLS LAST, deals.opportunity_id
