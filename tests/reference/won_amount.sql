SELECT coalesce(sum(d.amount), 0) AS value
FROM opportunity AS d
JOIN chosen_opportunity USING (opportunity_id)
WHERE d.status = 'won' AND d.closed_on >= $since AND d.closed_on < $until
