WITH first_order AS (
    SELECT o.customer_id, min(o.ordered_on) AS day
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.amount > 0 AND o.ordered_on <= $as_of
    GROUP BY o.customer_id
)
SELECT count(*) AS value FROM first_order WHERE day >= $since AND day < $until
