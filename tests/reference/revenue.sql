-- Net revenue: every order and return of the period.
SELECT coalesce(sum(o.amount), 0) AS value
FROM orders AS o
JOIN chosen_customer USING (customer_id)
WHERE o.ordered_on >= $since AND o.ordered_on < $until AND o.ordered_on <= $as_of
