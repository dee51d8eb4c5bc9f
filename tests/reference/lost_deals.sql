SELECT count(*) AS value
FROM opportunity AS d
JOIN chosen_opportunity USING (opportunity_id)
WHERE d.status = 'lost' AND d.closed_on >= $since AND d.closed_on < $until
