-- Invoices due, by the invoice's own representative.
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
SELECT coalesce(sum(i.amount), 0) AS value
FROM invoice AS i, span
WHERE i.due_on >= span.since AND i.due_on < span.until AND i.due_on <= $as_of
  AND coalesce((SELECT r.rep_id FROM rep AS r WHERE r.rep_id = i.rep_id), '(none)') IN (SELECT rep_id FROM chosen_rep)
