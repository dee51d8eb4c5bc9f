SELECT coalesce(sum(p.amount), 0) AS value
FROM payment AS p
JOIN chosen_customer USING (customer_id)
WHERE p.paid_on >= $since AND p.paid_on < $until AND p.paid_on <= $as_of
