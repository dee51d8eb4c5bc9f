-- Customers who came (for the first time or again) over those who stayed away, month by month.
WITH active AS (
    SELECT DISTINCT o.customer_id, date_trunc('month', o.ordered_on) AS month
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.amount > 0 AND o.ordered_on <= $as_of
), came AS (
    SELECT a.month
    FROM active AS a
    ANTI JOIN active AS b ON b.customer_id = a.customer_id AND b.month = a.month - INTERVAL 1 MONTH
), gone AS (
    SELECT a.month + INTERVAL 1 MONTH AS month
    FROM active AS a
    ANTI JOIN active AS b ON b.customer_id = a.customer_id AND b.month = a.month + INTERVAL 1 MONTH
)
SELECT (SELECT CAST(count(*) AS DOUBLE) FROM came
        WHERE month >= date_trunc('month', CAST($since AS DATE)) AND month < $until)
     / nullif((SELECT count(*) FROM gone
               WHERE month >= date_trunc('month', CAST($since AS DATE)) AND month < $until
                 AND month <= $as_of), 0) AS value
