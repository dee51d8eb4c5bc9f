-- Net revenue less cost; an unknown cost is none while no margin rate is set.
SELECT coalesce(sum(o.amount - coalesce(o.cost, 0)), 0) AS value
FROM orders AS o
JOIN chosen_customer USING (customer_id)
WHERE o.ordered_on >= $since AND o.ordered_on < $until AND o.ordered_on <= $as_of
