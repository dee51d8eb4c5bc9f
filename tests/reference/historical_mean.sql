-- Margin ever per customer, those who never ordered (under contract only) included.
WITH real AS (
    SELECT c.customer_id
    FROM chosen_customer AS c
    WHERE EXISTS (SELECT 1 FROM orders AS o
                  WHERE o.customer_id = c.customer_id AND o.amount > 0 AND o.ordered_on <= $as_of)
       OR EXISTS (SELECT 1 FROM contract AS t
                  WHERE t.customer_id = c.customer_id AND t.starts_on <= $as_of)
)
SELECT CAST((SELECT sum(o.amount - coalesce(o.cost, 0))
             FROM real
             JOIN orders AS o USING (customer_id)
             WHERE o.ordered_on <= $as_of) AS DOUBLE)
     / nullif((SELECT count(*) FROM real), 0) AS value
