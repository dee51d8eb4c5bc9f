-- question
SELECT `cuts`.`item`, CAST(`cuts`.`cut_1` AS DOUBLE) / CASE WHEN (`cuts`.`item` = 'monetary') THEN 10000.0 ELSE 1.0 END AS `cut_1`, CAST(`cuts`.`cut_2` AS DOUBLE) / CASE WHEN (`cuts`.`item` = 'monetary') THEN 10000.0 ELSE 1.0 END AS `cut_2`, CAST(`cuts`.`cut_3` AS DOUBLE) / CASE WHEN (`cuts`.`item` = 'monetary') THEN 10000.0 ELSE 1.0 END AS `cut_3`, CAST(`cuts`.`cut_4` AS DOUBLE) / CASE WHEN (`cuts`.`item` = 'monetary') THEN 10000.0 ELSE 1.0 END AS `cut_4`
FROM (SELECT `rfm_cut`.`item` AS `item`, `rfm_cut`.`cut_1` AS `cut_1`, `rfm_cut`.`cut_2` AS `cut_2`, `rfm_cut`.`cut_3` AS `cut_3`, `rfm_cut`.`cut_4` AS `cut_4`
FROM `rfm_cut`) AS `cuts`
WHERE `cuts`.`item` IN ('recency', 'frequency', 'monetary') ORDER BY `cuts`.`item`

-- members
SELECT `customers`.`customer_id`, `customers`.`name`, `customers`.`team`, `customers`.`rep`, `customers`.`tier`, `customers`.`recency`, `customers`.`frequency`, `customers`.`monetary`, `customers`.`silent_days`, `customers`.`net_24m` AS `revenue_24m`
FROM (SELECT `customer_current`.`customer_id` AS `customer_id`, `customer_current`.`name` AS `name`, `customer_current`.`team` AS `team`, `customer_current`.`rep` AS `rep`, `customer_current`.`tier` AS `tier`, `customer_current`.`recency` AS `recency`, `customer_current`.`frequency` AS `frequency`, `customer_current`.`monetary` AS `monetary`, `customer_current`.`silent_days` AS `silent_days`, `customer_current`.`net_24m` AS `net_24m`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers`
WHERE `customers`.`recency` IS NOT NULL ORDER BY `customers`.`net_24m` DESC, `customers`.`customer_id`
