-- question
SELECT quotes.quote_id, quotes.opportunity_id, quotes.name, quotes.stage, quotes.seller, quotes.created_on, quotes.submitted_on, ('2026-06-20' - quotes.submitted_on) AS days, quotes.quote_waiting, CASE WHEN (quotes.quote_waiting > 2000000000) THEN 1 ELSE 0 END AS above_limit, quotes.quote_status
FROM (SELECT opportunity_current.opportunity_id AS opportunity_id, opportunity_current.name AS name, opportunity_current.stage AS stage, opportunity_current.seller AS seller, opportunity_current.created_on AS created_on, quote.quote_id AS quote_id, CAST(quote.submitted_at AS DATE) AS submitted_on, CAST(quote.amount * 10000 AS BIGINT) AS quote_waiting, CAST('waiting' AS TEXT) AS quote_status
FROM opportunity_current JOIN quote ON quote.opportunity_id = opportunity_current.opportunity_id
WHERE opportunity_current.status = 'open' AND opportunity_current.quote_waiting IS NOT NULL AND quote.submitted_at IS NOT NULL AND quote.decided_at IS NULL AND opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS quotes
WHERE quotes.quote_status != 'waiting' ORDER BY quotes.quote_waiting DESC, quotes.quote_id
LIMIT 12

-- members
SELECT quotes.quote_id, quotes.opportunity_id, quotes.name, quotes.stage, quotes.seller, quotes.created_on, quotes.submitted_on, ('2026-06-20' - quotes.submitted_on) AS days, quotes.quote_waiting, CASE WHEN (quotes.quote_waiting > 2000000000) THEN 1 ELSE 0 END AS above_limit, quotes.quote_status
FROM (SELECT opportunity_current.opportunity_id AS opportunity_id, opportunity_current.name AS name, opportunity_current.stage AS stage, opportunity_current.seller AS seller, opportunity_current.created_on AS created_on, quote.quote_id AS quote_id, CAST(quote.submitted_at AS DATE) AS submitted_on, CAST(quote.amount * 10000 AS BIGINT) AS quote_waiting, CAST('waiting' AS TEXT) AS quote_status
FROM opportunity_current JOIN quote ON quote.opportunity_id = opportunity_current.opportunity_id
WHERE opportunity_current.status = 'open' AND opportunity_current.quote_waiting IS NOT NULL AND quote.submitted_at IS NOT NULL AND quote.decided_at IS NULL AND opportunity_current.team IN ('Scope Team A', 'Scope Team B') AND opportunity_current.region IN ('East') AND opportunity_current.tier IN ('general', 'high')) AS quotes
WHERE quotes.quote_status != 'waiting' ORDER BY quotes.quote_waiting DESC, quotes.quote_id
