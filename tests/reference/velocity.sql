-- Open count × win rate × mean won amount / mean days from creation to closing of those won.
WITH chosen AS (
    SELECT d.* FROM opportunity AS d JOIN chosen_opportunity USING (opportunity_id)
), decided AS (
    SELECT avg(CASE WHEN status = 'won' THEN 1.0 ELSE 0.0 END) AS win_rate,
           CAST(sum(amount) FILTER (status = 'won') AS DOUBLE)
             / nullif(count(*) FILTER (status = 'won'), 0) AS won_mean,
           avg(closed_on - created_on) FILTER (status = 'won') AS days
    FROM chosen
    WHERE status IN ('won', 'lost') AND closed_on >= $since AND closed_on < $until
)
SELECT (SELECT count(*) FROM chosen WHERE status = 'open')
     * win_rate * won_mean / nullif(days, 0) AS value
FROM decided
