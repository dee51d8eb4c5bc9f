-- Followed by a longer-lasting term that began by the grace days (30) after the end.
SELECT count(*) AS value
FROM contract AS t
JOIN chosen_customer USING (customer_id)
WHERE t.starts_on <= $as_of AND t.ends_on >= $since AND t.ends_on < $until
  AND EXISTS (SELECT 1 FROM contract AS n
              WHERE n.customer_id = t.customer_id AND n.starts_on > t.starts_on
              AND n.ends_on > t.ends_on
                AND n.starts_on <= $as_of AND n.starts_on - t.ends_on <= 30)
