-- Over the calendar months that the period touches, up to the month of the as-of day.
WITH active AS (
    SELECT DISTINCT o.customer_id, date_trunc('month', o.ordered_on) AS month
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.amount > 0 AND o.ordered_on <= $as_of
), gone AS (
    SELECT a.customer_id, a.month + INTERVAL 1 MONTH AS month
    FROM active AS a
    ANTI JOIN active AS b ON b.customer_id = a.customer_id AND b.month = a.month + INTERVAL 1 MONTH
)
SELECT count(*) AS value
FROM gone
WHERE month >= date_trunc('month', CAST($since AS DATE)) AND month < $until AND month <= $as_of
