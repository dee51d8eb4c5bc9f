-- Net revenue of 24 months up to and with the as-of day, of customers with an order or contract.
WITH real AS (
    SELECT c.customer_id
    FROM chosen_customer AS c
    WHERE EXISTS (SELECT 1 FROM orders AS o
                  WHERE o.customer_id = c.customer_id AND o.amount > 0 AND o.ordered_on <= $as_of)
       OR EXISTS (SELECT 1 FROM contract AS t
                  WHERE t.customer_id = c.customer_id AND t.starts_on <= $as_of)
)
SELECT sum(CASE WHEN o.ordered_on <= $as_of
                 AND o.ordered_on >= CAST($as_of AS DATE) + 1 - INTERVAL 24 MONTH
                THEN o.amount ELSE 0 END) AS value
FROM real
LEFT JOIN orders AS o USING (customer_id)
