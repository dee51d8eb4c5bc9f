-- The filled share of the master data of each customer with an order or a contract.
WITH person AS (
    SELECT customer_id,
           count(nullif(phone, '')) > 0 AS has_phone,
           count(nullif(email, '')) > 0 AS has_email
    FROM contact
    GROUP BY customer_id
), weighed AS (
    SELECT coalesce(c.kind, '') = 'business' AS is_business,
           coalesce(c.kind, '') = 'person' AS is_person,
           20 * CAST(coalesce(trim(c.phone), '') <> '' OR coalesce(p.has_phone, false) AS INTEGER)
         + 15 * CAST(coalesce(p.has_email, false) OR coalesce(trim(c.email), '') <> '' AS INTEGER)
         + 15 * CAST(coalesce(trim(c.name), '') <> '' AS INTEGER)
         + 10 * CAST(coalesce(trim(c.kind), '') <> '' AS INTEGER)
         + 5 * CAST(coalesce(trim(c.region), '') <> '' AS INTEGER)
         + 5 * CAST(coalesce(trim(c.city), '') <> '' AS INTEGER)
         + 5 * CAST(coalesce(trim(c.source), '') <> '' AS INTEGER) AS everybody,
           15 * CAST(coalesce(trim(c.decision_level), '') <> '' AS INTEGER)
         + 10 * CAST(coalesce(trim(c.industry), '') <> '' AS INTEGER) AS business,
           15 * CAST(c.birthday IS NOT NULL AS INTEGER)
         + 5 * CAST(c.birthday IS NOT NULL OR c.birth_year IS NOT NULL AS INTEGER)
         + 5 * CAST(coalesce(trim(c.gender), '') <> '' AS INTEGER) AS person
    FROM chosen_customer AS k
    JOIN customer AS c USING (customer_id)
    LEFT JOIN person AS p USING (customer_id)
    WHERE EXISTS (SELECT 1 FROM orders AS o
                  WHERE o.customer_id = k.customer_id AND o.amount > 0 AND o.ordered_on <= $as_of)
       OR EXISTS (SELECT 1 FROM contract AS t
                  WHERE t.customer_id = k.customer_id AND t.starts_on <= $as_of)
)
SELECT avg(
    (everybody + CASE WHEN is_business THEN business WHEN is_person THEN person ELSE 0 END) * 10000
    // CASE WHEN is_business OR is_person THEN 100 ELSE 75 END
) / 10000 AS value
FROM weighed
