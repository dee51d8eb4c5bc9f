SELECT count(*) AS value
FROM opportunity AS d
JOIN chosen_opportunity USING (opportunity_id)
WHERE d.created_on >= $since AND d.created_on < $until AND d.status = 'won'
