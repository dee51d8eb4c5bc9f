-- question
SELECT `parts`.`tier`, CAST(sum(`parts`.`customers`) AS Int64) AS `customers`, CAST(sum(`parts`.`value`) AS Int64) AS `value`, CAST(sum(`parts`.`before_customers`) AS Int64) AS `before_customers`, CAST(sum(`parts`.`before_value`) AS Int64) AS `before_value`
FROM (SELECT `anon_1`.`tier` AS `tier`, `anon_1`.`customers` AS `customers`, `anon_1`.`margin_12m` AS `value`, CAST(NULL AS INTEGER) AS `before_customers`, CAST(NULL AS BIGINT) AS `before_value`
FROM (SELECT CAST(`customers`.`tier` AS TEXT) AS `tier`, `customers`.`score` AS `score`, `customers`.`margin_12m` AS `margin_12m`, 1 AS `customers`
FROM (SELECT `customer_current`.`tier` AS `tier`, `customer_current`.`score` AS `score`, `customer_current`.`margin_12m` AS `margin_12m`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers`) AS `anon_1` UNION ALL SELECT `anon_2`.`tier` AS `tier`, CAST(NULL AS INTEGER) AS `customers`, CAST(NULL AS BIGINT) AS `value`, `anon_2`.`customers` AS `before_customers`, `anon_2`.`margin_12m` AS `before_value`
FROM (SELECT CAST(`snapshots`.`tier` AS TEXT) AS `tier`, `snapshots`.`margin_12m` AS `margin_12m`, `snapshots`.`customers` AS `customers`
FROM (SELECT `customer_snapshot`.`month` AS `month`, `customer_snapshot`.`tier` AS `tier`, `customer_snapshot`.`margin_12m` AS `margin_12m`, 1 AS `customers`
FROM `customer_snapshot` INNER JOIN `customer_current` ON `customer_current`.`customer_no` = `customer_snapshot`.`customer_no`
WHERE `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `snapshots`
WHERE `snapshots`.`month` = '2025-05-01') AS `anon_2`) AS `parts` GROUP BY `parts`.`tier` ORDER BY `parts`.`tier`

-- members
SELECT `listed`.`customer_id`, `listed`.`name`, `listed`.`tier`, CAST(`listed`.`score` AS DOUBLE) / 100.0 AS `score`, `listed`.`margin_12m` AS `historical_12m`
FROM (SELECT `customers`.`customer_id` AS `customer_id`, `customers`.`name` AS `name`, CAST(`customers`.`tier` AS TEXT) AS `tier`, `customers`.`score` AS `score`, `customers`.`margin_12m` AS `margin_12m`, 1 AS `customers`
FROM (SELECT `customer_current`.`customer_id` AS `customer_id`, `customer_current`.`name` AS `name`, `customer_current`.`tier` AS `tier`, `customer_current`.`score` AS `score`, `customer_current`.`margin_12m` AS `margin_12m`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers`) AS `listed` ORDER BY `listed`.`margin_12m` DESC NULLS LAST, `listed`.`customer_id`
