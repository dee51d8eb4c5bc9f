-- Those with orders and a positive net revenue, where expected years are known at all.
WITH person AS (
    SELECT o.customer_id, sum(o.amount) AS net, count(*) FILTER (o.amount > 0) AS orders
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.ordered_on <= $as_of
    GROUP BY o.customer_id
)
SELECT count(*) AS value FROM person WHERE orders > 0 AND net > 0
