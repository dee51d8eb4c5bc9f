WITH created AS (
    SELECT d.opportunity_id,
           d.created_on + CASE isodow(d.created_on) WHEN 5 THEN 3 WHEN 6 THEN 2 ELSE 1 END AS due_on
    FROM opportunity AS d
    JOIN chosen_opportunity USING (opportunity_id)
    WHERE d.created_on >= $since AND d.created_on < $until
)
SELECT count(*) AS value
FROM created AS c
WHERE EXISTS (SELECT 1 FROM activity AS a
              WHERE a.opportunity_id = c.opportunity_id
                AND a.kind IN ('call', 'visit', 'email', 'message')
                AND CAST(a.happened_at AS DATE) <= c.due_on)
