-- Recorded with a customer; those on leads without one belong to no customer's figures.
SELECT count(*) AS value
FROM activity AS a
JOIN chosen_customer USING (customer_id)
WHERE CAST(a.happened_at AS DATE) >= $since AND CAST(a.happened_at AS DATE) < $until
  AND CAST(a.happened_at AS DATE) <= $as_of
