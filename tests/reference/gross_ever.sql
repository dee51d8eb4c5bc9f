SELECT sum(o.amount) AS value
FROM orders AS o
JOIN chosen_customer USING (customer_id)
WHERE o.amount > 0 AND o.ordered_on <= $as_of
