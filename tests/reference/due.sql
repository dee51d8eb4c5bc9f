SELECT coalesce(sum(i.amount), 0) AS value
FROM invoice AS i
JOIN chosen_customer USING (customer_id)
WHERE i.due_on >= $since AND i.due_on < $until AND i.due_on <= $as_of
