-- question
SELECT aged.position, CASE WHEN (aged.position = 91) THEN '91+' WHEN (aged.position = 61) THEN '61-90' WHEN (aged.position = 31) THEN '31-60' WHEN (aged.position = 1) THEN '1-30' ELSE 'not due' END AS band, count(*) AS invoices, CAST(sum(aged.open_amount) AS BIGINT) AS open_invoice
FROM (SELECT CASE WHEN ((CAST('2026-06-20' AS DATE) - CAST(open_invoices.due_on AS DATE)) >= 91) THEN 91 WHEN ((CAST('2026-06-20' AS DATE) - CAST(open_invoices.due_on AS DATE)) >= 61) THEN 61 WHEN ((CAST('2026-06-20' AS DATE) - CAST(open_invoices.due_on AS DATE)) >= 31) THEN 31 WHEN ((CAST('2026-06-20' AS DATE) - CAST(open_invoices.due_on AS DATE)) >= 1) THEN 1 ELSE 0 END AS position, open_invoices.open_amount AS open_amount
FROM (SELECT open_invoice.invoice_id AS invoice_id, open_invoice.customer_no AS customer_no, open_invoice.issued_on AS issued_on, open_invoice.due_on AS due_on, open_invoice.amount AS amount, open_invoice.open_amount AS open_amount, open_invoice.rep AS rep
FROM open_invoice
WHERE open_invoice.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND open_invoice.region IN (CAST('East' AS region_t)) AND open_invoice.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS open_invoices) AS aged GROUP BY aged.position ORDER BY aged.position

-- members
SELECT open_invoices.invoice_id, everyone.customer_id, everyone.name, open_invoices.rep, open_invoices.issued_on, open_invoices.due_on, (CAST('2026-06-20' AS DATE) - CAST(open_invoices.due_on AS DATE)) AS days_overdue, open_invoices.amount, open_invoices.open_amount AS open_invoice
FROM (SELECT open_invoice.invoice_id AS invoice_id, open_invoice.customer_no AS customer_no, open_invoice.issued_on AS issued_on, open_invoice.due_on AS due_on, open_invoice.amount AS amount, open_invoice.open_amount AS open_amount, open_invoice.rep AS rep
FROM open_invoice
WHERE open_invoice.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND open_invoice.region IN (CAST('East' AS region_t)) AND open_invoice.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS open_invoices, (SELECT customer_current.customer_no AS customer_no, customer_current.customer_id AS customer_id, customer_current.name AS name
FROM customer_current
WHERE customer_current.team IN (CAST('Scope Team A' AS team_t), CAST('Scope Team B' AS team_t)) AND customer_current.region IN (CAST('East' AS region_t)) AND customer_current.tier IN (CAST('general' AS tier_t), CAST('high' AS tier_t))) AS everyone
WHERE everyone.customer_no = open_invoices.customer_no ORDER BY (CAST('2026-06-20' AS DATE) - CAST(open_invoices.due_on AS DATE)) DESC, open_invoices.invoice_id
