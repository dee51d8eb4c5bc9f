SELECT count(DISTINCT o.customer_id) AS value
FROM orders AS o
JOIN chosen_customer USING (customer_id)
WHERE o.amount > 0 AND o.ordered_on >= $since AND o.ordered_on < $until AND o.ordered_on <= $as_of
