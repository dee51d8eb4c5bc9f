-- With an order or a contract up to the as-of day.
SELECT count(*) AS value
FROM chosen_customer AS c
WHERE EXISTS (SELECT 1 FROM orders AS o
              WHERE o.customer_id = c.customer_id AND o.amount > 0 AND o.ordered_on <= $as_of)
   OR EXISTS (SELECT 1 FROM contract AS t
              WHERE t.customer_id = c.customer_id AND t.starts_on <= $as_of)
