SELECT count(*) AS value
FROM opportunity AS d
JOIN chosen_opportunity USING (opportunity_id)
WHERE d.status IN ('won', 'lost') AND d.closed_on >= $since AND d.closed_on < $until
