-- question
SELECT `aged`.`position`, CASE WHEN (`aged`.`position` = 91) THEN '91+' WHEN (`aged`.`position` = 61) THEN '61-90' WHEN (`aged`.`position` = 31) THEN '31-60' WHEN (`aged`.`position` = 1) THEN '1-30' ELSE 'not due' END AS `band`, CAST(count(*) AS Int64) AS `invoices`, CAST(sum(`aged`.`open_amount`) AS Int64) AS `open_invoice`
FROM (SELECT CASE WHEN (dateDiff('day', toDate32(`open_invoices`.`due_on`), toDate32('2026-06-20')) >= 91) THEN 91 WHEN (dateDiff('day', toDate32(`open_invoices`.`due_on`), toDate32('2026-06-20')) >= 61) THEN 61 WHEN (dateDiff('day', toDate32(`open_invoices`.`due_on`), toDate32('2026-06-20')) >= 31) THEN 31 WHEN (dateDiff('day', toDate32(`open_invoices`.`due_on`), toDate32('2026-06-20')) >= 1) THEN 1 ELSE 0 END AS `position`, `open_invoices`.`open_amount` AS `open_amount`
FROM (SELECT `open_invoice`.`invoice_id` AS `invoice_id`, `open_invoice`.`customer_no` AS `customer_no`, `open_invoice`.`issued_on` AS `issued_on`, `open_invoice`.`due_on` AS `due_on`, `open_invoice`.`amount` AS `amount`, `open_invoice`.`open_amount` AS `open_amount`, `open_invoice`.`rep` AS `rep`
FROM `open_invoice`
WHERE `open_invoice`.`team` IN ('Scope Team A', 'Scope Team B') AND `open_invoice`.`region` IN ('East') AND `open_invoice`.`tier` IN ('general', 'high')) AS `open_invoices`) AS `aged` GROUP BY `aged`.`position` ORDER BY `aged`.`position`

-- members
SELECT `open_invoices`.`invoice_id`, `everyone`.`customer_id`, `everyone`.`name`, `open_invoices`.`rep`, `open_invoices`.`issued_on`, `open_invoices`.`due_on`, dateDiff('day', toDate32(`open_invoices`.`due_on`), toDate32('2026-06-20')) AS `days_overdue`, `open_invoices`.`amount`, `open_invoices`.`open_amount` AS `open_invoice`
FROM (SELECT `open_invoice`.`invoice_id` AS `invoice_id`, `open_invoice`.`customer_no` AS `customer_no`, `open_invoice`.`issued_on` AS `issued_on`, `open_invoice`.`due_on` AS `due_on`, `open_invoice`.`amount` AS `amount`, `open_invoice`.`open_amount` AS `open_amount`, `open_invoice`.`rep` AS `rep`
FROM `open_invoice`
WHERE `open_invoice`.`team` IN ('Scope Team A', 'Scope Team B') AND `open_invoice`.`region` IN ('East') AND `open_invoice`.`tier` IN ('general', 'high')) AS `open_invoices`, (SELECT `customer_current`.`customer_no` AS `customer_no`, `customer_current`.`customer_id` AS `customer_id`, `customer_current`.`name` AS `name`
FROM `customer_current`
WHERE `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `everyone`
WHERE `everyone`.`customer_no` = `open_invoices`.`customer_no` ORDER BY dateDiff('day', toDate32(`open_invoices`.`due_on`), toDate32('2026-06-20')) DESC, `open_invoices`.`invoice_id`
