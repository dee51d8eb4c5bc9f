-- Payments, by the payment's own representative.
-- The whole months of the period that are over; without one, the months that it touches.
WITH inside AS (
    SELECT
        date_trunc('month', CAST($since AS DATE) + INTERVAL 1 MONTH - INTERVAL 1 DAY) AS first,
        least(date_trunc('month', CAST($until AS DATE)), date_trunc('month', CAST($as_of AS DATE) + 1)) AS last
),
span AS (
    SELECT
        CASE WHEN first < last THEN first ELSE date_trunc('month', CAST($since AS DATE)) END AS since,
        CASE
            WHEN first < last THEN last
            ELSE date_trunc('month', CAST($until AS DATE) - 1) + INTERVAL 1 MONTH
        END AS until
    FROM inside
)
SELECT coalesce(sum(p.amount), 0) AS value
FROM payment AS p, span
WHERE p.paid_on >= span.since AND p.paid_on < span.until AND p.paid_on <= $as_of
  AND coalesce((SELECT r.rep_id FROM rep AS r WHERE r.rep_id = p.rep_id), '(none)') IN (SELECT rep_id FROM chosen_rep)
