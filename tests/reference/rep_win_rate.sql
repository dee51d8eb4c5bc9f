-- Won over won and lost.
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
SELECT CAST((SELECT count(*) FROM opportunity AS d, span
      WHERE d.closed_on >= span.since AND d.closed_on < span.until AND d.status = 'won'
        AND coalesce((SELECT r.rep_id FROM rep AS r WHERE r.rep_id = d.rep_id), '(none)') IN (SELECT rep_id FROM chosen_rep)) AS DOUBLE)
    / nullif(CAST((SELECT count(*) FROM opportunity AS d, span
      WHERE d.closed_on >= span.since AND d.closed_on < span.until AND d.status IN ('won', 'lost')
        AND coalesce((SELECT r.rep_id FROM rep AS r WHERE r.rep_id = d.rep_id), '(none)') IN (SELECT rep_id FROM chosen_rep)) AS DOUBLE), 0) AS value
