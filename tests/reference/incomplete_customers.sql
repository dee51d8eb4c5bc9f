-- Customers with an order or a contract of whom a field of their kind is blank.
WITH person AS (
    SELECT customer_id,
           count(nullif(phone, '')) > 0 AS has_phone,
           count(nullif(email, '')) > 0 AS has_email
    FROM contact
    GROUP BY customer_id
)
SELECT count(*) AS value
FROM chosen_customer AS k
JOIN customer AS c USING (customer_id)
LEFT JOIN person AS p USING (customer_id)
WHERE (EXISTS (SELECT 1 FROM orders AS o
               WHERE o.customer_id = k.customer_id AND o.amount > 0 AND o.ordered_on <= $as_of)
       OR EXISTS (SELECT 1 FROM contract AS t
                  WHERE t.customer_id = k.customer_id AND t.starts_on <= $as_of))
  AND ((coalesce(trim(c.phone), '') = '' AND NOT coalesce(p.has_phone, false))
       OR (coalesce(trim(c.email), '') = '' AND NOT coalesce(p.has_email, false))
       OR '' IN (coalesce(trim(c.name), ''), coalesce(trim(c.kind), ''), coalesce(trim(c.region), ''),
                 coalesce(trim(c.city), ''), coalesce(trim(c.source), ''))
       OR (c.kind = 'business' AND '' IN (coalesce(trim(c.decision_level), ''),
                                          coalesce(trim(c.industry), '')))
       OR (c.kind = 'person' AND (c.birthday IS NULL OR coalesce(trim(c.gender), '') = '')))
