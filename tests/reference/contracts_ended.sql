SELECT count(*) AS value
FROM contract AS t
JOIN chosen_customer USING (customer_id)
WHERE t.starts_on <= $as_of AND t.ends_on >= $since AND t.ends_on < $until
