-- question
WITH `falling` AS
(SELECT `bins`.`bin` AS `bin`, `bins`.`n` AS `n`, `bins`.`s` AS `s`, CAST(sum(`bins`.`n`) OVER (ORDER BY `bins`.`bin` DESC) - `bins`.`n` AS BIGINT) AS `above_n`, CAST(sum(`bins`.`s`) OVER (ORDER BY `bins`.`bin` DESC) - `bins`.`s` AS BIGINT) AS `above_s`, CAST(sum(`bins`.`n`) OVER () AS BIGINT) AS `all_n`, CAST(sum(`bins`.`s`) OVER () AS BIGINT) AS `all_s`
FROM (SELECT `holders`.`bin` AS `bin`, CAST(count(*) AS Int64) AS `n`, CAST(sum(`holders`.`amount`) AS Int64) AS `s`
FROM (SELECT `customers`.`customer_no` AS `customer_no`, `customers`.`gross` AS `amount`, CAST(floor(sqrt(sqrt(CAST(`customers`.`gross` AS DOUBLE)))) AS INTEGER) AS `bin`
FROM (SELECT `customer_current`.`customer_no` AS `customer_no`, `customer_current`.`gross` AS `gross`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers`
WHERE coalesce(`customers`.`gross`, 0) > 0) AS `holders` GROUP BY `holders`.`bin`) AS `bins`),
`wide` AS
(SELECT max(CASE WHEN (`at`.`cut` = 80) THEN `at`.`customers` END) AS `n_A`, max(CASE WHEN (`at`.`cut` = 95) THEN `at`.`customers` END) AS `n_B`, max(CASE WHEN (`at`.`cut` = 80) THEN `at`.`value` END) AS `s_A`, max(CASE WHEN (`at`.`cut` = 95) THEN `at`.`value` END) AS `s_B`, max(`at`.`all_n`) AS `n_C`, max(`at`.`all_s`) AS `s_C`
FROM (SELECT `ranked`.`cut` AS `cut`, `ranked`.`above_n` + CAST(sum(CASE WHEN (`ranked`.`before_s` < `ranked`.`goal`) THEN 1 ELSE 0 END) AS Int64) AS `customers`, `ranked`.`above_s` + CAST(sum(CASE WHEN (`ranked`.`before_s` < `ranked`.`goal`) THEN `ranked`.`amount` ELSE 0 END) AS Int64) AS `value`, `ranked`.`all_n` AS `all_n`, `ranked`.`all_s` AS `all_s`
FROM (SELECT `cuts`.`cut` AS `cut`, `cuts`.`bin` AS `bin`, `cuts`.`above_n` AS `above_n`, `cuts`.`above_s` AS `above_s`, `cuts`.`all_n` AS `all_n`, `cuts`.`all_s` AS `all_s`, `cuts`.`goal` AS `goal`, `holders`.`amount` AS `amount`, (`cuts`.`above_n` + row_number() OVER (PARTITION BY `cuts`.`cut` ORDER BY `holders`.`amount` DESC, `holders`.`customer_no`)) - 1 AS `before_n`, (`cuts`.`above_s` + sum(`holders`.`amount`) OVER (PARTITION BY `cuts`.`cut` ORDER BY `holders`.`amount` DESC, `holders`.`customer_no` ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)) - `holders`.`amount` AS `before_s`
FROM (SELECT `wanted`.`cut` AS `cut`, `falling`.`bin` AS `bin`, `falling`.`above_n` AS `above_n`, `falling`.`above_s` AS `above_s`, `falling`.`all_n` AS `all_n`, `falling`.`all_s` AS `all_s`, intDiv((`falling`.`all_s` * `wanted`.`cut` + 99), 100) AS `goal`
FROM (SELECT 80 AS `cut` UNION ALL SELECT 95 AS `cut`) AS `wanted`, `falling`
WHERE `falling`.`above_s` < intDiv((`falling`.`all_s` * `wanted`.`cut` + 99), 100) AND intDiv((`falling`.`all_s` * `wanted`.`cut` + 99), 100) <= `falling`.`above_s` + `falling`.`s`) AS `cuts` INNER JOIN (SELECT `customers`.`customer_no` AS `customer_no`, `customers`.`gross` AS `amount`, CAST(floor(sqrt(sqrt(CAST(`customers`.`gross` AS DOUBLE)))) AS INTEGER) AS `bin`
FROM (SELECT `customer_current`.`customer_no` AS `customer_no`, `customer_current`.`gross` AS `gross`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers`
WHERE coalesce(`customers`.`gross`, 0) > 0) AS `holders` ON `holders`.`bin` = `cuts`.`bin`) AS `ranked` GROUP BY `ranked`.`cut`, `ranked`.`above_n`, `ranked`.`above_s`, `ranked`.`all_n`, `ranked`.`all_s`) AS `at`)
SELECT `classes`.`class`, `classes`.`customers`, `classes`.`value`
FROM (SELECT 'A' AS `class`, `wide`.`n_A` AS `customers`, CAST(`wide`.`s_A` AS BIGINT) AS `value`
FROM `wide` UNION ALL SELECT 'B' AS `class`, `wide`.`n_B` - `wide`.`n_A` AS `customers`, CAST(`wide`.`s_B` - `wide`.`s_A` AS BIGINT) AS `value`
FROM `wide` UNION ALL SELECT 'C' AS `class`, `wide`.`n_C` - `wide`.`n_B` AS `customers`, CAST(`wide`.`s_C` - `wide`.`s_B` AS BIGINT) AS `value`
FROM `wide`) AS `classes`
WHERE `classes`.`customers` IS NOT NULL ORDER BY `classes`.`class`

-- members
SELECT `listed`.`customer_id`, `listed`.`name`, `listed`.`region`, `listed`.`team`, `listed`.`rep`, `listed`.`tier`, `listed`.`class`, `listed`.`gross_ever`, `listed`.`share_before`
FROM (SELECT `ranked`.`customer_id` AS `customer_id`, `ranked`.`name` AS `name`, `ranked`.`region` AS `region`, `ranked`.`team` AS `team`, `ranked`.`rep` AS `rep`, `ranked`.`tier` AS `tier`, CAST(CASE WHEN (`ranked`.`before` * 100 < `ranked`.`whole` * 80) THEN 'A' WHEN (`ranked`.`before` * 100 < `ranked`.`whole` * 95) THEN 'B' ELSE 'C' END AS TEXT) AS `class`, `ranked`.`amount` AS `gross_ever`, CAST(`ranked`.`before` AS DOUBLE) / nullif(CAST(`ranked`.`whole` AS DOUBLE), 0) AS `share_before`, `ranked`.`customer_no` AS `customer_no`
FROM (SELECT `holders`.`customer_no` AS `customer_no`, `holders`.`amount` AS `amount`, `holders`.`customer_id` AS `customer_id`, `holders`.`name` AS `name`, `holders`.`region` AS `region`, `holders`.`team` AS `team`, `holders`.`rep` AS `rep`, `holders`.`tier` AS `tier`, `holders`.`bin` AS `bin`, CAST(sum(`holders`.`amount`) OVER (ORDER BY `holders`.`amount` DESC, `holders`.`customer_no` ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) - `holders`.`amount` AS `before`, CAST(sum(`holders`.`amount`) OVER () AS BIGINT) AS `whole`
FROM (SELECT `customers`.`customer_no` AS `customer_no`, `customers`.`gross` AS `amount`, `customers`.`customer_id` AS `customer_id`, `customers`.`name` AS `name`, `customers`.`region` AS `region`, `customers`.`team` AS `team`, `customers`.`rep` AS `rep`, `customers`.`tier` AS `tier`, CAST(floor(sqrt(sqrt(CAST(`customers`.`gross` AS DOUBLE)))) AS INTEGER) AS `bin`
FROM (SELECT `customer_current`.`customer_no` AS `customer_no`, `customer_current`.`gross` AS `gross`, `customer_current`.`customer_id` AS `customer_id`, `customer_current`.`name` AS `name`, `customer_current`.`region` AS `region`, `customer_current`.`team` AS `team`, `customer_current`.`rep` AS `rep`, `customer_current`.`tier` AS `tier`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers`
WHERE coalesce(`customers`.`gross`, 0) > 0) AS `holders`) AS `ranked`
WHERE `ranked`.`whole` > 0) AS `listed` ORDER BY `listed`.`gross_ever` DESC, `listed`.`customer_no`
