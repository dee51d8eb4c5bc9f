-- Per won opportunity, those without an amount included.
SELECT CAST(sum(d.amount) AS DOUBLE) / nullif(count(*), 0) AS value
FROM opportunity AS d
JOIN chosen_opportunity USING (opportunity_id)
WHERE d.status = 'won' AND d.closed_on >= $since AND d.closed_on < $until
