-- Judged on the day before the period: by contract once one has begun, else by orders.
WITH known AS (
    SELECT c.customer_id,
           (SELECT max(o.ordered_on) FROM orders AS o
            WHERE o.customer_id = c.customer_id AND o.amount > 0
              AND o.ordered_on < $since AND o.ordered_on <= $as_of) AS last_on,
           (SELECT max(t.ends_on) FROM contract AS t
            WHERE t.customer_id = c.customer_id
              AND t.starts_on < $since AND t.starts_on <= $as_of) AS covered_until
    FROM chosen_customer AS c
)
SELECT count(*) FILTER (
           CASE WHEN covered_until IS NOT NULL
                THEN CAST($since AS DATE) - 1 - covered_until <= 30
                ELSE CAST($since AS DATE) - 1 - last_on <= $threshold END) AS value
FROM known
