-- The share of all customers so far that is churned on the period's last day.
WITH known AS (
    SELECT c.customer_id,
           (SELECT max(o.ordered_on) FROM orders AS o
            WHERE o.customer_id = c.customer_id AND o.amount > 0
              AND o.ordered_on < $until AND o.ordered_on <= $as_of) AS last_on,
           (SELECT max(t.ends_on) FROM contract AS t
            WHERE t.customer_id = c.customer_id
              AND t.starts_on < $until AND t.starts_on <= $as_of) AS covered_until
    FROM chosen_customer AS c
)
SELECT avg(CASE WHEN covered_until IS NOT NULL
                THEN CAST(CAST($until AS DATE) - 1 - covered_until > 30 AS INTEGER)
                ELSE CAST(CAST($until AS DATE) - 1 - last_on > $threshold AS INTEGER) END) AS value
FROM known
WHERE covered_until IS NOT NULL OR last_on IS NOT NULL
