SELECT count(*) AS value
FROM survey AS s
JOIN chosen_customer USING (customer_id)
WHERE s.nps <= 6 AND s.answered_on >= $since AND s.answered_on < $until AND s.answered_on <= $as_of
