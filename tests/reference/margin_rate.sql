SELECT CAST(sum(o.amount - coalesce(o.cost, 0)) AS DOUBLE)
     / nullif(CAST(sum(o.amount) AS DOUBLE), 0) AS value
FROM orders AS o
JOIN chosen_customer USING (customer_id)
WHERE o.ordered_on >= $since AND o.ordered_on < $until AND o.ordered_on <= $as_of
