-- Net revenue of all, those with returns only included, over those who ordered.
SELECT CAST(sum(o.amount) AS DOUBLE)
     / nullif(count(DISTINCT o.customer_id) FILTER (o.amount > 0), 0) AS value
FROM orders AS o
JOIN chosen_customer USING (customer_id)
WHERE o.ordered_on >= $since AND o.ordered_on < $until AND o.ordered_on <= $as_of
