-- Orders after a silence longer than the threshold, of customers not under contract by then.
WITH bought AS (
    SELECT DISTINCT o.customer_id, o.ordered_on AS day
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.amount > 0 AND o.ordered_on <= $as_of
), gaps AS (
    SELECT b.customer_id, b.day, (SELECT max(p.day) FROM bought AS p
                                  WHERE p.customer_id = b.customer_id AND p.day < b.day) AS before
    FROM bought AS b
)
SELECT count(*) AS value
FROM gaps AS g
WHERE g.day >= $since AND g.day < $until AND g.day - g.before > $threshold
  AND NOT EXISTS (SELECT 1 FROM contract AS t
                  WHERE t.customer_id = g.customer_id AND t.starts_on <= g.day)
