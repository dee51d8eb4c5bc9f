-- Sales over their target.
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
SELECT CAST((SELECT coalesce(sum(o.amount), 0) FROM orders AS o, span
      WHERE o.ordered_on >= span.since AND o.ordered_on < span.until AND o.ordered_on <= $as_of
        AND coalesce((SELECT r.rep_id FROM rep AS r WHERE r.rep_id = o.rep_id), '(none)') IN (SELECT rep_id FROM chosen_rep)) AS DOUBLE)
    / nullif(CAST((SELECT sum(t.value) FROM target AS t, span
      WHERE t.month >= span.since AND t.month < span.until AND t.metric = 'sales'
        AND coalesce((SELECT r.rep_id FROM rep AS r WHERE r.rep_id = t.rep_id), '(none)') IN (SELECT rep_id FROM chosen_rep)) AS DOUBLE), 0) AS value
