-- question
SELECT `parts`.`month`, CAST(CAST(sum(`parts`.`won`) AS Int64) AS DOUBLE) / nullif(CAST(CAST(sum(`parts`.`decided`) AS Int64) AS DOUBLE), 0) AS `value`, CAST(CAST(sum(`parts`.`before_won`) AS Int64) AS DOUBLE) / nullif(CAST(CAST(sum(`parts`.`before_decided`) AS Int64) AS DOUBLE), 0) AS `before`
FROM (SELECT toDate32(toStartOfMonth(toDate32(`deals`.`closed_on`))) AS `month`, CASE WHEN (`deals`.`status` = 'won') THEN 1 ELSE 0 END AS `won`, 1 AS `decided`, CAST(NULL AS INTEGER) AS `before_won`, CAST(NULL AS INTEGER) AS `before_decided`
FROM (SELECT `opportunity_current`.`closed_on` AS `closed_on`, `opportunity_current`.`status` AS `status`
FROM `opportunity_current`
WHERE `opportunity_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `opportunity_current`.`region` IN ('East') AND `opportunity_current`.`tier` IN ('general', 'high')) AS `deals`
WHERE `deals`.`closed_on` >= '2025-06-01' AND `deals`.`closed_on` < '2026-07-01' AND `deals`.`status` != 'open' UNION ALL SELECT toDate32(toStartOfMonth(toDate32(addMonths(toDate32(`deals`.`closed_on`), 12)))) AS `month`, CAST(NULL AS INTEGER) AS `won`, CAST(NULL AS INTEGER) AS `decided`, CASE WHEN (`deals`.`status` = 'won') THEN 1 ELSE 0 END AS `before_won`, 1 AS `before_decided`
FROM (SELECT `opportunity_current`.`closed_on` AS `closed_on`, `opportunity_current`.`status` AS `status`
FROM `opportunity_current`
WHERE `opportunity_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `opportunity_current`.`region` IN ('East') AND `opportunity_current`.`tier` IN ('general', 'high')) AS `deals`
WHERE `deals`.`closed_on` >= '2024-06-01' AND `deals`.`closed_on` < '2025-07-01' AND `deals`.`status` != 'open') AS `parts` GROUP BY `parts`.`month` ORDER BY `parts`.`month`

-- members
SELECT `deals`.`opportunity_id`, `deals`.`name`, `deals`.`seller`, `deals`.`status`, `deals`.`created_on`, `deals`.`closed_on`, `deals`.`amount`, CASE WHEN (`deals`.`status` = 'won') THEN 1 ELSE 0 END AS `won_deals`
FROM (SELECT `opportunity_current`.`opportunity_id` AS `opportunity_id`, `opportunity_current`.`name` AS `name`, `opportunity_current`.`seller` AS `seller`, `opportunity_current`.`status` AS `status`, `opportunity_current`.`created_on` AS `created_on`, `opportunity_current`.`closed_on` AS `closed_on`, `opportunity_current`.`amount` AS `amount`
FROM `opportunity_current`
WHERE `opportunity_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `opportunity_current`.`region` IN ('East') AND `opportunity_current`.`tier` IN ('general', 'high')) AS `deals`
WHERE `deals`.`closed_on` >= '2025-06-01' AND `deals`.`closed_on` < '2026-07-01' AND `deals`.`status` != 'open' ORDER BY `deals`.`closed_on` DESC, `deals`.`opportunity_id`
