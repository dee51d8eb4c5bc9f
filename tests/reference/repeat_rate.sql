WITH counted AS (
    SELECT o.customer_id, count(*) AS orders
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.amount > 0 AND o.ordered_on <= $as_of
    GROUP BY o.customer_id
)
SELECT avg(CASE WHEN orders >= 2 THEN 1.0 ELSE 0.0 END) AS value FROM counted
