-- Years of 365.25 days from the first order up to and with the as-of day, at least one.
WITH counted AS (
    SELECT o.customer_id, count(*) AS orders, min(o.ordered_on) AS first_on
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.amount > 0 AND o.ordered_on <= $as_of
    GROUP BY o.customer_id
)
SELECT avg(orders / greatest(1.0, (CAST($as_of AS DATE) - first_on + 1) / CAST(365.25 AS DOUBLE)))
       AS value
FROM counted
