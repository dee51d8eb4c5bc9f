WITH paid AS (
    SELECT coalesce(sum(p.amount), 0) AS amount
    FROM payment AS p
    JOIN chosen_customer USING (customer_id)
    WHERE p.paid_on >= $since AND p.paid_on < $until AND p.paid_on <= $as_of
), billed AS (
    SELECT coalesce(sum(i.amount), 0) AS amount
    FROM invoice AS i
    JOIN chosen_customer USING (customer_id)
    WHERE i.due_on >= $since AND i.due_on < $until AND i.due_on <= $as_of
)
SELECT CAST(paid.amount AS DOUBLE) / nullif(CAST(billed.amount AS DOUBLE), 0) AS value
FROM paid, billed
