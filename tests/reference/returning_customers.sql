-- Those who ordered in the period and had ordered before it.
WITH bought AS (
    SELECT o.customer_id, o.ordered_on AS day
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.amount > 0 AND o.ordered_on <= $as_of
)
SELECT count(DISTINCT customer_id) AS value
FROM bought
WHERE day >= $since AND day < $until
  AND customer_id IN (SELECT customer_id FROM bought WHERE day < $since)
