WITH counted AS (
    SELECT o.customer_id
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.amount > 0 AND o.ordered_on <= $as_of
    GROUP BY o.customer_id
    HAVING count(*) >= 2
)
SELECT count(*) AS value FROM counted
