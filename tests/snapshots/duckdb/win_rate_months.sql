-- question
SELECT parts.month, CAST(CAST(sum(parts.won) AS BIGINT) AS DOUBLE PRECISION) / nullif(CAST(CAST(sum(parts.decided) AS BIGINT) AS DOUBLE PRECISION), 0) AS value, CAST(CAST(sum(parts.before_won) AS BIGINT) AS DOUBLE PRECISION) / nullif(CAST(CAST(sum(parts.before_decided) AS BIGINT) AS DOUBLE PRECISION), 0) AS before
FROM (SELECT (CAST(deals.closed_on AS DATE) - (CAST(day(CAST(deals.closed_on AS DATE)) AS INTEGER) - 1)) AS month, CASE WHEN (deals.status = 'won') THEN 1 ELSE 0 END AS won, 1 AS decided, CAST(NULL AS INTEGER) AS before_won, CAST(NULL AS INTEGER) AS before_decided
FROM (SELECT opportunity_current.closed_on AS closed_on, opportunity_current.status AS status
FROM opportunity_current
WHERE opportunity_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND opportunity_current.region IN (CAST('East' AS region_t)) AND opportunity_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS deals
WHERE deals.closed_on >= '2025-06-01' AND deals.closed_on < '2026-07-01' AND deals.status != 'open' UNION ALL SELECT (CAST(CAST(deals.closed_on + to_months(CAST(12 AS INTEGER)) AS DATE) AS DATE) - (CAST(day(CAST(CAST(deals.closed_on + to_months(CAST(12 AS INTEGER)) AS DATE) AS DATE)) AS INTEGER) - 1)) AS month, CAST(NULL AS INTEGER) AS won, CAST(NULL AS INTEGER) AS decided, CASE WHEN (deals.status = 'won') THEN 1 ELSE 0 END AS before_won, 1 AS before_decided
FROM (SELECT opportunity_current.closed_on AS closed_on, opportunity_current.status AS status
FROM opportunity_current
WHERE opportunity_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND opportunity_current.region IN (CAST('East' AS region_t)) AND opportunity_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS deals
WHERE deals.closed_on >= '2024-06-01' AND deals.closed_on < '2025-07-01' AND deals.status != 'open') AS parts GROUP BY parts.month ORDER BY parts.month

-- members
SELECT deals.opportunity_id, deals.name, deals.seller, deals.status, deals.created_on, deals.closed_on, deals.amount, CASE WHEN (deals.status = 'won') THEN 1 ELSE 0 END AS won_deals
FROM (SELECT opportunity_current.opportunity_id AS opportunity_id, opportunity_current.name AS name, opportunity_current.seller AS seller, opportunity_current.status AS status, opportunity_current.created_on AS created_on, opportunity_current.closed_on AS closed_on, opportunity_current.amount AS amount
FROM opportunity_current
WHERE opportunity_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND opportunity_current.region IN (CAST('East' AS region_t)) AND opportunity_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS deals
WHERE deals.closed_on >= '2025-06-01' AND deals.closed_on < '2026-07-01' AND deals.status != 'open' ORDER BY deals.closed_on DESC, deals.opportunity_id
