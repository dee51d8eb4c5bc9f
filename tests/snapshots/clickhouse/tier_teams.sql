-- question
SELECT `by_tier`.`key`, `by_tier`.`tier`, `by_tier`.`customers`, `by_tier`.`value`
FROM (SELECT `split`.`key` AS `key`, `split`.`tier` AS `tier`, CAST(sum(`split`.`customers`) AS Int64) AS `customers`, CAST(sum(`split`.`margin_12m`) AS Int64) AS `value`
FROM (SELECT CAST(`customers`.`tier` AS TEXT) AS `tier`, `customers`.`score` AS `score`, `customers`.`margin_12m` AS `margin_12m`, CAST(`customers`.`team` AS TEXT) AS `key`, 1 AS `customers`
FROM (SELECT `customer_current`.`tier` AS `tier`, `customer_current`.`score` AS `score`, `customer_current`.`margin_12m` AS `margin_12m`, `customer_current`.`team` AS `team`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers`) AS `split` GROUP BY `split`.`key`, `split`.`tier`) AS `by_tier` ORDER BY `by_tier`.`key`, `by_tier`.`tier`

-- members
SELECT `listed`.`customer_id`, `listed`.`name`, `listed`.`tier`, CAST(`listed`.`score` AS DOUBLE) / 100.0 AS `score`, `listed`.`margin_12m` AS `historical_12m`
FROM (SELECT `customers`.`customer_id` AS `customer_id`, `customers`.`name` AS `name`, CAST(`customers`.`tier` AS TEXT) AS `tier`, `customers`.`score` AS `score`, `customers`.`margin_12m` AS `margin_12m`, 1 AS `customers`
FROM (SELECT `customer_current`.`customer_id` AS `customer_id`, `customer_current`.`name` AS `name`, `customer_current`.`tier` AS `tier`, `customer_current`.`score` AS `score`, `customer_current`.`margin_12m` AS `margin_12m`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers`) AS `listed` ORDER BY `listed`.`margin_12m` DESC NULLS LAST, `listed`.`customer_id`
