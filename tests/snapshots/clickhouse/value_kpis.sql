-- question
SELECT `merged`.`slot`, `merged`.`customer_asset` AS `customer_asset`, `merged`.`historical_12m` AS `historical_12m`, `merged`.`historical_value` AS `historical_value`, `merged`.`simple_clv` AS `simple_clv`, CAST(`merged`.`simple_clv` AS DOUBLE) / nullif(CAST(`merged`.`simple_valued` AS DOUBLE), 0) AS `simple_clv_mean`, CAST(`merged`.`revenue` AS DOUBLE) / nullif(CAST(`merged`.`active_customers` AS DOUBLE), 0) AS `arpu`, `merged`.`simple_valued` AS `simple_valued`, `merged`.`revenue` AS `revenue`, `merged`.`active_customers` AS `active_customers`
FROM (SELECT `parts`.`slot` AS `slot`, max(`parts`.`customer_asset`) AS `customer_asset`, max(`parts`.`historical_12m`) AS `historical_12m`, max(`parts`.`historical_value`) AS `historical_value`, max(`parts`.`simple_clv`) AS `simple_clv`, max(`parts`.`simple_valued`) AS `simple_valued`, max(`parts`.`revenue`) AS `revenue`, max(`parts`.`active_customers`) AS `active_customers`
FROM (SELECT 'now' AS `slot`, CAST(sum(`customers`.`value`) AS Int64) AS `customer_asset`, CAST(sum(`customers`.`margin_12m`) AS Int64) AS `historical_12m`, CAST(sum(`customers`.`margin`) AS Int64) AS `historical_value`, CAST(sum(`customers`.`simple_value`) AS Int64) AS `simple_clv`, coalesce(CAST(count(`customers`.`simple_value`) AS Int64), 0) AS `simple_valued`, CAST(NULL AS BIGINT) AS `revenue`, CAST(NULL AS INTEGER) AS `active_customers`
FROM (SELECT `customer_current`.`customer_no` AS `customer_no`, `customer_current`.`value` AS `value`, `customer_current`.`margin_12m` AS `margin_12m`, `customer_current`.`margin` AS `margin`, `customer_current`.`simple_value` AS `simple_value`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers` UNION ALL SELECT 'now' AS `slot`, CAST(NULL AS BIGINT) AS `customer_asset`, CAST(NULL AS BIGINT) AS `historical_12m`, CAST(NULL AS BIGINT) AS `historical_value`, CAST(NULL AS BIGINT) AS `simple_clv`, CAST(NULL AS INTEGER) AS `simple_valued`, coalesce(CAST(sum(`facts`.`net`) AS Int64), 0) AS `revenue`, CAST(NULL AS INTEGER) AS `active_customers`
FROM (SELECT `months`.`net` AS `net`
FROM (SELECT `cube_month`.`net` AS `net`
FROM `cube_month`
WHERE `cube_month`.`month` >= '2026-02-01' AND `cube_month`.`month` < '2026-06-01' AND `cube_month`.`team` IN ('Scope Team A', 'Scope Team B') AND `cube_month`.`region` IN ('East') AND `cube_month`.`tier` IN ('general', 'high')) AS `months` UNION ALL SELECT `order_days`.`net` AS `net`
FROM (SELECT `customer_day`.`net` AS `net`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2026-01-10' AND `customer_day`.`day` < '2026-02-01' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days` UNION ALL SELECT `order_days`.`net` AS `net`
FROM (SELECT `customer_day`.`net` AS `net`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2026-06-01' AND `customer_day`.`day` < '2026-06-21' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days`) AS `facts` UNION ALL SELECT 'now' AS `slot`, CAST(NULL AS BIGINT) AS `customer_asset`, CAST(NULL AS BIGINT) AS `historical_12m`, CAST(NULL AS BIGINT) AS `historical_value`, CAST(NULL AS BIGINT) AS `simple_clv`, CAST(NULL AS INTEGER) AS `simple_valued`, CAST(NULL AS BIGINT) AS `revenue`, coalesce(CAST(sum(`active`.`customers`) AS Int64), 0) AS `active_customers`
FROM (SELECT 1 AS `customers`
FROM (SELECT `customer_current`.`months_0` AS `months_0`, `customer_current`.`months_1` AS `months_1`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers`
WHERE bitAnd(`customers`.`months_1`, 540431955284459520) != 0 UNION ALL SELECT 1 AS `customers`
FROM (SELECT `customer_day`.`orders` AS `orders`, `customer_day`.`next_on` AS `next_on`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2026-01-10' AND `customer_day`.`day` < '2026-02-01' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days`
WHERE `order_days`.`orders` > 0 AND (`order_days`.`next_on` IS NULL OR `order_days`.`next_on` >= '2026-06-21') UNION ALL SELECT 1 AS `customers`
FROM (SELECT `customer_day`.`orders` AS `orders`, `customer_day`.`previous_on` AS `previous_on`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2026-06-01' AND `customer_day`.`day` < '2026-06-21' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days`
WHERE `order_days`.`orders` > 0 AND (`order_days`.`previous_on` IS NULL OR `order_days`.`previous_on` < '2026-02-01')) AS `active` UNION ALL SELECT 'before' AS `slot`, CAST(NULL AS BIGINT) AS `customer_asset`, CAST(NULL AS BIGINT) AS `historical_12m`, CAST(NULL AS BIGINT) AS `historical_value`, CAST(NULL AS BIGINT) AS `simple_clv`, CAST(NULL AS INTEGER) AS `simple_valued`, coalesce(CAST(sum(`facts`.`net`) AS Int64), 0) AS `revenue`, CAST(NULL AS INTEGER) AS `active_customers`
FROM (SELECT `months`.`net` AS `net`
FROM (SELECT `cube_month`.`net` AS `net`
FROM `cube_month`
WHERE `cube_month`.`month` >= '2025-02-01' AND `cube_month`.`month` < '2025-06-01' AND `cube_month`.`team` IN ('Scope Team A', 'Scope Team B') AND `cube_month`.`region` IN ('East') AND `cube_month`.`tier` IN ('general', 'high')) AS `months` UNION ALL SELECT `order_days`.`net` AS `net`
FROM (SELECT `customer_day`.`net` AS `net`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2025-01-10' AND `customer_day`.`day` < '2025-02-01' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days` UNION ALL SELECT `order_days`.`net` AS `net`
FROM (SELECT `customer_day`.`net` AS `net`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2025-06-01' AND `customer_day`.`day` < '2025-06-21' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days`) AS `facts` UNION ALL SELECT 'before' AS `slot`, CAST(NULL AS BIGINT) AS `customer_asset`, CAST(NULL AS BIGINT) AS `historical_12m`, CAST(NULL AS BIGINT) AS `historical_value`, CAST(NULL AS BIGINT) AS `simple_clv`, CAST(NULL AS INTEGER) AS `simple_valued`, CAST(NULL AS BIGINT) AS `revenue`, coalesce(CAST(sum(`active`.`customers`) AS Int64), 0) AS `active_customers`
FROM (SELECT 1 AS `customers`
FROM (SELECT `customer_current`.`months_0` AS `months_0`, `customer_current`.`months_1` AS `months_1`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers`
WHERE bitAnd(`customers`.`months_1`, 131941395333120) != 0 UNION ALL SELECT 1 AS `customers`
FROM (SELECT `customer_day`.`orders` AS `orders`, `customer_day`.`next_on` AS `next_on`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2025-01-10' AND `customer_day`.`day` < '2025-02-01' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days`
WHERE `order_days`.`orders` > 0 AND (`order_days`.`next_on` IS NULL OR `order_days`.`next_on` >= '2025-06-21') UNION ALL SELECT 1 AS `customers`
FROM (SELECT `customer_day`.`orders` AS `orders`, `customer_day`.`previous_on` AS `previous_on`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2025-06-01' AND `customer_day`.`day` < '2025-06-21' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days`
WHERE `order_days`.`orders` > 0 AND (`order_days`.`previous_on` IS NULL OR `order_days`.`previous_on` < '2025-02-01')) AS `active` UNION ALL SELECT substring(toString(toDate32(`months`.`month`)), 1, 7) AS `slot`, CAST(NULL AS BIGINT) AS `customer_asset`, CAST(NULL AS BIGINT) AS `historical_12m`, CAST(NULL AS BIGINT) AS `historical_value`, CAST(NULL AS BIGINT) AS `simple_clv`, CAST(NULL AS INTEGER) AS `simple_valued`, coalesce(CAST(sum(`months`.`net`) AS Int64), 0) AS `revenue`, CAST(NULL AS INTEGER) AS `active_customers`
FROM (SELECT `cube_month`.`month` AS `month`, `cube_month`.`net` AS `net`
FROM `cube_month`
WHERE `cube_month`.`month` >= '2025-06-01' AND `cube_month`.`month` < '2026-07-01' AND `cube_month`.`team` IN ('Scope Team A', 'Scope Team B') AND `cube_month`.`region` IN ('East') AND `cube_month`.`tier` IN ('general', 'high')) AS `months` GROUP BY `months`.`month` UNION ALL SELECT substring(toString(toDate32(`active`.`month`)), 1, 7) AS `slot`, CAST(NULL AS BIGINT) AS `customer_asset`, CAST(NULL AS BIGINT) AS `historical_12m`, CAST(NULL AS BIGINT) AS `historical_value`, CAST(NULL AS BIGINT) AS `simple_clv`, CAST(NULL AS INTEGER) AS `simple_valued`, CAST(NULL AS BIGINT) AS `revenue`, coalesce(CAST(sum(`active`.`customers`) AS Int64), 0) AS `active_customers`
FROM (SELECT `months`.`month` AS `month`, `months`.`is_active` AS `customers`
FROM (SELECT `cube_month`.`month` AS `month`, `cube_month`.`is_active` AS `is_active`
FROM `cube_month`
WHERE `cube_month`.`month` >= '2025-06-01' AND `cube_month`.`month` < '2026-07-01' AND `cube_month`.`team` IN ('Scope Team A', 'Scope Team B') AND `cube_month`.`region` IN ('East') AND `cube_month`.`tier` IN ('general', 'high')) AS `months`) AS `active` GROUP BY `active`.`month`) AS `parts` GROUP BY `parts`.`slot`) AS `merged` ORDER BY `merged`.`slot`

-- members
SELECT `everyone`.`customer_id`, `everyone`.`name`, `everyone`.`region`, `everyone`.`city`, `everyone`.`industry`, `everyone`.`team`, `everyone`.`rep`, `everyone`.`tier`, `merged`.`historical_12m` AS `historical_12m`
FROM (SELECT `parts`.`key` AS `key`, max(`parts`.`historical_12m`) AS `historical_12m`
FROM (SELECT `customers`.`customer_no` AS `key`, '' AS `slot`, CAST(sum(`customers`.`margin_12m`) AS Int64) AS `historical_12m`
FROM (SELECT `customer_current`.`customer_no` AS `customer_no`, `customer_current`.`margin_12m` AS `margin_12m`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers` GROUP BY `customers`.`customer_no`) AS `parts` GROUP BY `parts`.`key`) AS `merged` INNER JOIN (SELECT `customer_current`.`customer_no` AS `customer_no`, `customer_current`.`customer_id` AS `customer_id`, `customer_current`.`name` AS `name`, `customer_current`.`region` AS `region`, `customer_current`.`city` AS `city`, `customer_current`.`industry` AS `industry`, `customer_current`.`team` AS `team`, `customer_current`.`rep` AS `rep`, `customer_current`.`tier` AS `tier`
FROM `customer_current`
WHERE `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `everyone` ON `everyone`.`customer_no` = `merged`.`key`
WHERE coalesce(`merged`.`historical_12m`, 0) != 0 ORDER BY `merged`.`historical_12m` DESC NULLS LAST, `everyone`.`customer_id`
