-- Over the calendar months that the period touches.
WITH active AS (
    SELECT DISTINCT o.customer_id, date_trunc('month', o.ordered_on) AS month
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.amount > 0 AND o.ordered_on <= $as_of
)
SELECT count(*) AS value
FROM active AS a
WHERE a.month >= date_trunc('month', CAST($since AS DATE)) AND a.month < $until
  AND EXISTS (SELECT 1 FROM active AS b
              WHERE b.customer_id = a.customer_id AND b.month < a.month - INTERVAL 1 MONTH)
  AND NOT EXISTS (SELECT 1 FROM active AS b
                  WHERE b.customer_id = a.customer_id AND b.month = a.month - INTERVAL 1 MONTH)
