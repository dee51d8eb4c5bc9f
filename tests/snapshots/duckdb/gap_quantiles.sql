-- question
WITH by_tier AS MATERIALIZED
(SELECT CAST(counted.tier AS TEXT) AS tier, counted.days AS days, counted.n AS n
FROM (SELECT gaps.tier AS tier, gaps.days AS days, CAST(sum(gaps.gaps) AS BIGINT) AS n
FROM (SELECT gap_days.tier AS tier, gap_days.days AS days, 1 AS gaps
FROM (SELECT customer_day.customer_no AS customer_no, customer_day.tier AS tier, customer_day.previous_on AS previous_on, customer_day.day AS day, (CAST(customer_day.day AS DATE) - CAST(customer_day.previous_on AS DATE)) AS days
FROM customer_day
WHERE customer_day.previous_on IS NOT NULL AND customer_day.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_day.region IN (CAST('East' AS region_t)) AND customer_day.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS gap_days) AS gaps GROUP BY gaps.tier, gaps.days) AS counted)
SELECT running.tier, max(running.all_of) AS gaps, min(CASE WHEN (running.up_to * 100 >= running.all_of * 50) THEN running.days END) AS p50, min(CASE WHEN (running.up_to * 100 >= running.all_of * 90) THEN running.days END) AS p90
FROM (SELECT parts.tier AS tier, parts.days AS days, CAST(sum(parts.n) OVER (PARTITION BY parts.tier ORDER BY parts.days) AS BIGINT) AS up_to, CAST(sum(parts.n) OVER (PARTITION BY parts.tier) AS BIGINT) AS all_of
FROM (SELECT by_tier.tier AS tier, by_tier.days AS days, by_tier.n AS n
FROM by_tier UNION ALL SELECT 'all' AS tier, by_tier.days AS days, by_tier.n AS n
FROM by_tier) AS parts) AS running GROUP BY running.tier ORDER BY running.tier

-- members
SELECT customers.customer_id, customers.name, customers.team, gap_days.tier, gap_days.previous_on, gap_days.day, gap_days.days
FROM (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.team AS team
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS customers, (SELECT customer_day.customer_no AS customer_no, customer_day.tier AS tier, customer_day.previous_on AS previous_on, customer_day.day AS day, (CAST(customer_day.day AS DATE) - CAST(customer_day.previous_on AS DATE)) AS days
FROM customer_day
WHERE customer_day.previous_on IS NOT NULL AND customer_day.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_day.region IN (CAST('East' AS region_t)) AND customer_day.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS gap_days
WHERE customers.customer_no = gap_days.customer_no ORDER BY gap_days.days DESC, customers.customer_id, gap_days.day
