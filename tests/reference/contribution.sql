WITH earned AS (
    SELECT coalesce(sum(o.amount - coalesce(o.cost, 0)), 0) AS margin
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.ordered_on >= $since AND o.ordered_on < $until AND o.ordered_on <= $as_of
), spent AS (
    SELECT customer_id, month AS day, amount FROM service_cost
    UNION ALL
    SELECT customer_id, CAST(happened_at AS DATE), minutes * 2
    FROM activity WHERE NOT EXISTS (SELECT 1 FROM service_cost)
    UNION ALL
    SELECT customer_id, CAST(opened_at AS DATE), 60
    FROM ticket WHERE NOT EXISTS (SELECT 1 FROM service_cost)
), served AS (
    SELECT coalesce(sum(amount), 0) AS cost
    FROM spent
    JOIN chosen_customer USING (customer_id)
    WHERE day >= $since AND day < $until AND day <= $as_of
)
SELECT margin - cost AS value FROM earned, served
