-- Σ mean order × orders per year × expected years × margin rate, rounded per customer.
-- Expected years: 1 / yearly churn of the whole company, between 1 and 10, blank without a history.
WITH fact AS (
    SELECT ordered_on AS day FROM orders
    UNION ALL SELECT starts_on FROM contract
    UNION ALL SELECT paid_on FROM payment
    UNION ALL SELECT created_on FROM opportunity
    UNION ALL SELECT closed_on FROM opportunity
    UNION ALL SELECT CAST(happened_at AS DATE) FROM activity
    UNION ALL SELECT happened_on FROM engagement
    UNION ALL SELECT CAST(opened_at AS DATE) FROM ticket
    UNION ALL SELECT answered_on FROM survey
), span AS (
    SELECT CAST($as_of AS DATE) + 1 AS until,
           least(12, date_diff('month', min(day), CAST($as_of AS DATE) + 1) // 2) AS months
    FROM fact WHERE day <= $as_of
), ordering AS (
    SELECT o.customer_id,
           bool_or(o.ordered_on < until - to_months(CAST(months AS INTEGER))) AS was_there,
           bool_or(o.ordered_on >= until - to_months(CAST(months AS INTEGER))) AS is_there
    FROM orders AS o
    SEMI JOIN customer USING (customer_id), span
    WHERE o.amount > 0 AND o.ordered_on <= $as_of AND months >= 1
      AND o.ordered_on >= until - to_months(CAST(2 * months AS INTEGER))
    GROUP BY o.customer_id
), yearly AS (
    SELECT 1 - pow(avg(CAST(is_there AS INTEGER)), 12 / any_value(months)) AS churn
    FROM ordering, span WHERE was_there
), expected AS (
    SELECT CASE WHEN churn = 0 THEN 10 ELSE greatest(1, least(10, 1 / churn)) END AS years
    FROM yearly WHERE churn IS NOT NULL
), person AS (
    SELECT o.customer_id,
           sum(o.amount) AS net,
           sum(o.amount - coalesce(o.cost, 0)) AS margin,
           avg(CAST(o.amount AS DOUBLE)) FILTER (o.amount > 0) AS aov,
           count(*) FILTER (o.amount > 0) AS orders,
           min(o.ordered_on) FILTER (o.amount > 0) AS first_on
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.ordered_on <= $as_of
    GROUP BY o.customer_id
)
SELECT sum(CAST(round(
           aov * orders / greatest(1, (CAST($as_of AS DATE) - first_on + 1) / CAST(365.25 AS DOUBLE))
           * years * CAST(margin AS DOUBLE) / CAST(net AS DOUBLE), 4) AS DECIMAL(18, 4))) AS value
FROM person, expected
WHERE orders > 0 AND net > 0
