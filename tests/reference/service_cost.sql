-- As recorded; a company that records none is priced by minutes (2) and tickets (60).
WITH spent AS (
    SELECT customer_id, month AS day, amount FROM service_cost
    UNION ALL
    SELECT customer_id, CAST(happened_at AS DATE), minutes * 2
    FROM activity WHERE NOT EXISTS (SELECT 1 FROM service_cost)
    UNION ALL
    SELECT customer_id, CAST(opened_at AS DATE), 60
    FROM ticket WHERE NOT EXISTS (SELECT 1 FROM service_cost)
)
SELECT coalesce(sum(amount), 0) AS value
FROM spent
JOIN chosen_customer USING (customer_id)
WHERE day >= $since AND day < $until AND day <= $as_of
