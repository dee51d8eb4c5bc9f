-- The mean of +100 for 9 and 10, −100 for 0 to 6, and 0 for 7 and 8.
SELECT avg(CASE WHEN s.nps >= 9 THEN 100.0 WHEN s.nps <= 6 THEN -100.0 ELSE 0.0 END) AS value
FROM survey AS s
JOIN chosen_customer USING (customer_id)
WHERE s.nps IS NOT NULL
  AND s.answered_on >= $since AND s.answered_on < $until AND s.answered_on <= $as_of
