-- Not churned on the day before the period and churned on its last day.
WITH day AS (
    SELECT unnest([CAST($since AS DATE) - 1, CAST($until AS DATE) - 1]) AS judged_on
), known AS (
    SELECT c.customer_id, day.judged_on,
           (SELECT max(o.ordered_on) FROM orders AS o
            WHERE o.customer_id = c.customer_id AND o.amount > 0
              AND o.ordered_on <= day.judged_on AND o.ordered_on <= $as_of) AS last_on,
           (SELECT max(t.ends_on) FROM contract AS t
            WHERE t.customer_id = c.customer_id
              AND t.starts_on <= day.judged_on AND t.starts_on <= $as_of) AS covered_until
    FROM chosen_customer AS c, day
), judged AS (
    SELECT customer_id, judged_on,
           CASE WHEN covered_until IS NOT NULL THEN judged_on - covered_until > 30
                WHEN last_on IS NOT NULL THEN judged_on - last_on > $threshold END AS is_churned
    FROM known
)
SELECT count(*) AS value
FROM judged AS s
JOIN judged AS e ON e.customer_id = s.customer_id
WHERE s.judged_on = CAST($since AS DATE) - 1 AND e.judged_on = CAST($until AS DATE) - 1
  AND NOT s.is_churned AND e.is_churned
