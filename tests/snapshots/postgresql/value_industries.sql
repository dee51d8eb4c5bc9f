-- question
SELECT ranked.key, ranked.historical_12m, ranked.historical_12m_before
FROM (SELECT CAST(sides.key AS TEXT) AS key, sides.now_historical_12m AS historical_12m, sides.before_historical_12m AS historical_12m_before
FROM (SELECT parts.key AS key, max(CASE WHEN (parts.slot = 'now') THEN parts.historical_12m END) AS now_historical_12m, max(CASE WHEN (parts.slot = 'before') THEN parts.historical_12m END) AS before_historical_12m
FROM (SELECT customers.industry AS key, 'now' AS slot, CAST(sum(customers.margin_12m) AS BIGINT) AS historical_12m
FROM (SELECT customer_current.customer_no AS customer_no, customer_current.margin_12m AS margin_12m, customer_current.industry AS industry
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers GROUP BY customers.industry) AS parts GROUP BY parts.key) AS sides) AS ranked
WHERE ranked.key IS NOT NULL ORDER BY ranked.historical_12m DESC NULLS LAST, ranked.key
LIMIT 200

-- members
SELECT everyone.customer_id, everyone.name, everyone.region, everyone.city, everyone.industry, everyone.team, everyone.rep, everyone.tier, merged.historical_12m AS historical_12m
FROM (SELECT parts.key AS key, max(parts.historical_12m) AS historical_12m
FROM (SELECT customers.customer_no AS key, '' AS slot, CAST(sum(customers.margin_12m) AS BIGINT) AS historical_12m
FROM (SELECT customer_current.customer_no AS customer_no, customer_current.margin_12m AS margin_12m
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers GROUP BY customers.customer_no) AS parts GROUP BY parts.key) AS merged JOIN (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.city AS city, customer_current.industry AS industry, customer_current.team AS team, customer_current.rep AS rep, customer_current.tier AS tier
FROM customer_current
WHERE customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS everyone ON everyone.customer_no = merged.key
WHERE coalesce(merged.historical_12m, 0) != 0 ORDER BY merged.historical_12m DESC NULLS LAST, everyone.customer_id
