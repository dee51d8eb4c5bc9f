SELECT avg(CASE WHEN d.status = 'won' THEN 1.0 ELSE 0.0 END) AS value
FROM opportunity AS d
JOIN chosen_opportunity USING (opportunity_id)
WHERE d.created_on >= $since AND d.created_on < $until
