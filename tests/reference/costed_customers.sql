WITH first_order AS (
    SELECT o.customer_id, min(o.ordered_on) AS day
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.amount > 0 AND o.ordered_on <= $as_of
    GROUP BY o.customer_id
)
SELECT count(*) AS value
FROM first_order AS f
JOIN customer AS c USING (customer_id)
WHERE f.day >= $since AND f.day < $until AND c.acquisition_cost IS NOT NULL
