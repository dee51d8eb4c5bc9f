-- What is open, at the as-of day, of invoices whose due day is past.
WITH paid AS (
    SELECT p.invoice_id, sum(p.amount) AS amount
    FROM payment AS p
    WHERE p.paid_on <= $as_of AND p.invoice_id IS NOT NULL
    GROUP BY p.invoice_id
)
SELECT sum(CASE WHEN coalesce(i.due_on, i.issued_on) < $as_of THEN i.amount - coalesce(paid.amount, 0) ELSE 0 END) AS value
FROM invoice AS i
JOIN chosen_customer AS c USING (customer_id)
LEFT JOIN paid USING (invoice_id)
WHERE i.issued_on <= $as_of AND i.amount > coalesce(paid.amount, 0)
