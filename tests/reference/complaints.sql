SELECT count(*) AS value
FROM ticket AS t
JOIN chosen_customer USING (customer_id)
WHERE t.kind = 'complaint' AND CAST(t.opened_at AS DATE) >= $since
  AND CAST(t.opened_at AS DATE) < $until AND CAST(t.opened_at AS DATE) <= $as_of
