-- Mean over the chosen of the value score, five dimensions: amount and margin 30, loyalty 25,
-- referral 15, service cost 10, growth 20 (nothing measured: 50 points), as a percentile mid-rank.
WITH edge AS (
    SELECT CAST($as_of AS DATE) + 1 AS until,
           CAST(CAST($as_of AS DATE) + 1 - INTERVAL 12 MONTH AS DATE) AS year_ago
), has AS (
    SELECT EXISTS (SELECT 1 FROM ticket) AS tickets,
           EXISTS (SELECT 1 FROM engagement) AS engagement,
           EXISTS (SELECT 1 FROM customer WHERE referrer_id IS NOT NULL) AS referrers,
           EXISTS (SELECT 1 FROM service_cost) AS recorded,
           EXISTS (SELECT 1 FROM activity) AS activity
), bought AS (
    SELECT o.customer_id,
           min(o.ordered_on) FILTER (o.amount > 0) AS first_on,
           count(*) FILTER (o.amount > 0 AND o.ordered_on >= year_ago) AS orders,
           coalesce(sum(o.amount) FILTER (o.ordered_on >= year_ago), 0) AS net,
           coalesce(sum(o.amount - coalesce(o.cost, 0)) FILTER (o.ordered_on >= year_ago), 0)
             AS margin,
           coalesce(sum(o.amount - coalesce(o.cost, 0)) FILTER (o.ordered_on >= until - 180), 0)
             AS late,
           coalesce(sum(o.amount - coalesce(o.cost, 0))
                      FILTER (o.ordered_on >= until - 360 AND o.ordered_on < until - 180), 0)
             AS early
    FROM orders AS o, edge
    WHERE o.ordered_on < until
    GROUP BY o.customer_id
), served AS (
    SELECT customer_id, sum(amount) AS cost
    FROM (SELECT customer_id, month AS day, amount FROM service_cost
          UNION ALL
          SELECT customer_id, CAST(happened_at AS DATE), coalesce(minutes, 0) * 2
          FROM activity, has WHERE NOT recorded
          UNION ALL
          SELECT customer_id, CAST(opened_at AS DATE), 60 FROM ticket, has WHERE NOT recorded)
         AS spent, edge
    WHERE day >= year_ago AND day < until
    GROUP BY customer_id
), item AS (
    SELECT c.customer_id,
           coalesce(b.net, 0) AS net, coalesce(b.margin, 0) AS margin,
           coalesce(b.orders, 0) AS orders,
           (SELECT count(*) FROM ticket AS t, edge
            WHERE t.customer_id = c.customer_id AND t.kind = 'complaint'
              AND CAST(t.opened_at AS DATE) >= year_ago AND CAST(t.opened_at AS DATE) < until)
             AS complaints,
           (SELECT count(*) FROM customer AS g JOIN bought AS gb USING (customer_id)
            WHERE g.referrer_id = c.customer_id AND gb.first_on IS NOT NULL) AS brought,
           coalesce((SELECT sum(e.count) FROM engagement AS e, edge
                     WHERE e.customer_id = c.customer_id AND e.kind = 'share'
                       AND e.happened_on >= year_ago AND e.happened_on < until), 0) AS shares,
           coalesce(s.cost, 0) AS cost,
           -- Ten-thousandths of the margin before, cut to a whole number as in the score.
           CASE WHEN b.early > 0
                THEN CAST(b.late * 10000 AS BIGINT) * 10000 // CAST(b.early * 10000 AS BIGINT) END
             AS growth
    FROM customer AS c
    LEFT JOIN bought AS b USING (customer_id)
    LEFT JOIN served AS s USING (customer_id)
    WHERE b.first_on IS NOT NULL
       OR EXISTS (SELECT 1 FROM contract AS t, edge
                  WHERE t.customer_id = c.customer_id AND t.starts_on < until)
), valued AS (
    -- Percentile mid-ranks among all customers, in hundredths of a point.
    SELECT customer_id, growth IS NOT NULL AS has_growth,
           (2 * (rank() OVER (ORDER BY net) - 1) + count(*) OVER (PARTITION BY net)) * 10000
             // (2 * count(*) OVER ()) AS r_net,
           (2 * (rank() OVER (ORDER BY margin) - 1) + count(*) OVER (PARTITION BY margin)) * 10000
             // (2 * count(*) OVER ()) AS r_margin,
           (2 * (rank() OVER (ORDER BY orders) - 1) + count(*) OVER (PARTITION BY orders)) * 10000
             // (2 * count(*) OVER ()) AS r_orders,
           (2 * (rank() OVER (ORDER BY complaints) - 1)
              + count(*) OVER (PARTITION BY complaints)) * 10000
             // (2 * count(*) OVER ()) AS r_complaints,
           (2 * (rank() OVER (ORDER BY brought) - 1) + count(*) OVER (PARTITION BY brought)) * 10000
             // (2 * count(*) OVER ()) AS r_brought,
           (2 * (rank() OVER (ORDER BY shares) - 1) + count(*) OVER (PARTITION BY shares)) * 10000
             // (2 * count(*) OVER ()) AS r_shares,
           (2 * (rank() OVER (ORDER BY cost) - 1) + count(*) OVER (PARTITION BY cost)) * 10000
             // (2 * count(*) OVER ()) AS r_cost,
           CASE WHEN growth IS NULL THEN 5000
                ELSE (2 * (rank() OVER (ORDER BY growth NULLS LAST) - 1)
                        + count(*) OVER (PARTITION BY growth)) * 10000
                     // (2 * count(growth) OVER ()) END AS r_growth
    FROM item
), scored AS (
    SELECT v.customer_id, has_growth,
           (r_net + r_margin) // 2 AS amount,
           CASE WHEN tickets THEN (r_orders + 10000 - r_complaints) // 2 ELSE r_orders END
             AS loyalty,
           CASE WHEN referrers AND engagement THEN (r_brought + r_shares) // 2
                WHEN referrers THEN r_brought WHEN engagement THEN r_shares ELSE 5000 END
             AS referral,
           CASE WHEN recorded OR activity OR tickets THEN 10000 - r_cost ELSE 5000 END AS service,
           r_growth AS growth
    FROM valued AS v, has
), ranked AS (
    -- Ranked once more: a score of 80 is better than 80 % of the customers.
    SELECT customer_id,
           (2 * (rank() OVER (ORDER BY weighted) - 1)
              + count(*) OVER (PARTITION BY weighted)) * 10000 // (2 * count(*) OVER ()) AS score
    FROM (SELECT customer_id,
                 amount * 30 + loyalty * 25 + referral * 15 + service * 10 + growth * 20 AS weighted
          FROM scored) AS summed
)
SELECT avg(score) / 100 AS value
FROM ranked
JOIN chosen_customer USING (customer_id)
