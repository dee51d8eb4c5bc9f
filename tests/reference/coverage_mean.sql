-- The share of the score's weight that was measured: 30 amount, 25 loyalty (half of it complaints),
-- 15 referral (half of it shares), 10 service cost, and 20 growth where there was a margin before.
WITH edge AS (
    SELECT CAST($as_of AS DATE) + 1 AS until
), measured AS (
    SELECT 3000
         + CASE WHEN EXISTS (SELECT 1 FROM ticket) THEN 2500 ELSE 1250 END
         + CASE WHEN EXISTS (SELECT 1 FROM customer WHERE referrer_id IS NOT NULL)
                THEN 750 ELSE 0 END
         + CASE WHEN EXISTS (SELECT 1 FROM engagement) THEN 750 ELSE 0 END
         + CASE WHEN EXISTS (SELECT 1 FROM service_cost) OR EXISTS (SELECT 1 FROM activity)
                  OR EXISTS (SELECT 1 FROM ticket) THEN 1000 ELSE 0 END AS always
), person AS (
    SELECT c.customer_id,
           (SELECT coalesce(sum(o.amount - coalesce(o.cost, 0)), 0) FROM orders AS o, edge
            WHERE o.customer_id = c.customer_id
              AND o.ordered_on >= until - 360 AND o.ordered_on < until - 180) AS early
    FROM chosen_customer AS c
    WHERE EXISTS (SELECT 1 FROM orders AS o
                  WHERE o.customer_id = c.customer_id AND o.amount > 0 AND o.ordered_on <= $as_of)
       OR EXISTS (SELECT 1 FROM contract AS t
                  WHERE t.customer_id = c.customer_id AND t.starts_on <= $as_of)
)
SELECT avg(always + CASE WHEN early > 0 THEN 2000 ELSE 0 END) / 10000 AS value
FROM person, measured
