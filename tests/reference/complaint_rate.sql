WITH complained AS (
    SELECT count(*) AS complaints
    FROM ticket AS t
    JOIN chosen_customer USING (customer_id)
    WHERE t.kind = 'complaint' AND CAST(t.opened_at AS DATE) >= $since
      AND CAST(t.opened_at AS DATE) < $until AND CAST(t.opened_at AS DATE) <= $as_of
), ordered AS (
    SELECT count(DISTINCT o.customer_id) AS customers
    FROM orders AS o
    JOIN chosen_customer USING (customer_id)
    WHERE o.amount > 0 AND o.ordered_on >= $since AND o.ordered_on < $until
      AND o.ordered_on <= $as_of
)
SELECT 100.0 * complaints / nullif(customers, 0) AS value FROM complained, ordered
