-- question
SELECT `ranked`.`key`, `ranked`.`revenue`, `ranked`.`revenue_before`, `ranked`.`active_customers`, `ranked`.`active_customers_before`
FROM (SELECT CAST(`sides`.`key` AS TEXT) AS `key`, `sides`.`now_revenue` AS `revenue`, `sides`.`before_revenue` AS `revenue_before`, `sides`.`now_active_customers` AS `active_customers`, `sides`.`before_active_customers` AS `active_customers_before`
FROM (SELECT `parts`.`key` AS `key`, max(CASE WHEN (`parts`.`slot` = 'now') THEN `parts`.`revenue` END) AS `now_revenue`, max(CASE WHEN (`parts`.`slot` = 'now') THEN `parts`.`active_customers` END) AS `now_active_customers`, max(CASE WHEN (`parts`.`slot` = 'before') THEN `parts`.`revenue` END) AS `before_revenue`, max(CASE WHEN (`parts`.`slot` = 'before') THEN `parts`.`active_customers` END) AS `before_active_customers`
FROM (SELECT `facts`.`team` AS `key`, 'now' AS `slot`, coalesce(CAST(sum(`facts`.`net`) AS Int64), 0) AS `revenue`, CAST(NULL AS INTEGER) AS `active_customers`
FROM (SELECT `months`.`team` AS `team`, `months`.`net` AS `net`
FROM (SELECT `cube_month`.`net` AS `net`, `cube_month`.`team` AS `team`
FROM `cube_month`
WHERE `cube_month`.`month` >= '2026-02-01' AND `cube_month`.`month` < '2026-06-01' AND `cube_month`.`team` IN ('Scope Team A', 'Scope Team B') AND `cube_month`.`region` IN ('East') AND `cube_month`.`tier` IN ('general', 'high')) AS `months` UNION ALL SELECT `order_days`.`team` AS `team`, `order_days`.`net` AS `net`
FROM (SELECT `customer_day`.`net` AS `net`, `customer_day`.`team` AS `team`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2026-01-10' AND `customer_day`.`day` < '2026-02-01' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days` UNION ALL SELECT `order_days`.`team` AS `team`, `order_days`.`net` AS `net`
FROM (SELECT `customer_day`.`net` AS `net`, `customer_day`.`team` AS `team`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2026-06-01' AND `customer_day`.`day` < '2026-06-21' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days`) AS `facts`
WHERE `facts`.`team` IS NOT NULL GROUP BY `facts`.`team` UNION ALL SELECT `active`.`team` AS `key`, 'now' AS `slot`, CAST(NULL AS BIGINT) AS `revenue`, coalesce(CAST(sum(`active`.`customers`) AS Int64), 0) AS `active_customers`
FROM (SELECT `customers`.`team` AS `team`, 1 AS `customers`
FROM (SELECT `customer_current`.`months_0` AS `months_0`, `customer_current`.`months_1` AS `months_1`, `customer_current`.`team` AS `team`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers`
WHERE bitAnd(`customers`.`months_1`, 540431955284459520) != 0 UNION ALL SELECT `order_days`.`team` AS `team`, 1 AS `customers`
FROM (SELECT `customer_day`.`orders` AS `orders`, `customer_day`.`next_on` AS `next_on`, `customer_day`.`team` AS `team`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2026-01-10' AND `customer_day`.`day` < '2026-02-01' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days`
WHERE `order_days`.`orders` > 0 AND (`order_days`.`next_on` IS NULL OR `order_days`.`next_on` >= '2026-06-21') UNION ALL SELECT `order_days`.`team` AS `team`, 1 AS `customers`
FROM (SELECT `customer_day`.`orders` AS `orders`, `customer_day`.`previous_on` AS `previous_on`, `customer_day`.`team` AS `team`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2026-06-01' AND `customer_day`.`day` < '2026-06-21' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days`
WHERE `order_days`.`orders` > 0 AND (`order_days`.`previous_on` IS NULL OR `order_days`.`previous_on` < '2026-02-01')) AS `active`
WHERE `active`.`team` IS NOT NULL GROUP BY `active`.`team` UNION ALL SELECT `facts`.`team` AS `key`, 'before' AS `slot`, coalesce(CAST(sum(`facts`.`net`) AS Int64), 0) AS `revenue`, CAST(NULL AS INTEGER) AS `active_customers`
FROM (SELECT `months`.`team` AS `team`, `months`.`net` AS `net`
FROM (SELECT `cube_month`.`net` AS `net`, `cube_month`.`team` AS `team`
FROM `cube_month`
WHERE `cube_month`.`month` >= '2025-02-01' AND `cube_month`.`month` < '2025-06-01' AND `cube_month`.`team` IN ('Scope Team A', 'Scope Team B') AND `cube_month`.`region` IN ('East') AND `cube_month`.`tier` IN ('general', 'high')) AS `months` UNION ALL SELECT `order_days`.`team` AS `team`, `order_days`.`net` AS `net`
FROM (SELECT `customer_day`.`net` AS `net`, `customer_day`.`team` AS `team`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2025-01-10' AND `customer_day`.`day` < '2025-02-01' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days` UNION ALL SELECT `order_days`.`team` AS `team`, `order_days`.`net` AS `net`
FROM (SELECT `customer_day`.`net` AS `net`, `customer_day`.`team` AS `team`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2025-06-01' AND `customer_day`.`day` < '2025-06-21' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days`) AS `facts`
WHERE `facts`.`team` IS NOT NULL GROUP BY `facts`.`team` UNION ALL SELECT `active`.`team` AS `key`, 'before' AS `slot`, CAST(NULL AS BIGINT) AS `revenue`, coalesce(CAST(sum(`active`.`customers`) AS Int64), 0) AS `active_customers`
FROM (SELECT `customers`.`team` AS `team`, 1 AS `customers`
FROM (SELECT `customer_current`.`months_0` AS `months_0`, `customer_current`.`months_1` AS `months_1`, `customer_current`.`team` AS `team`
FROM `customer_current`
WHERE `customer_current`.`is_customer` AND `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `customers`
WHERE bitAnd(`customers`.`months_1`, 131941395333120) != 0 UNION ALL SELECT `order_days`.`team` AS `team`, 1 AS `customers`
FROM (SELECT `customer_day`.`orders` AS `orders`, `customer_day`.`next_on` AS `next_on`, `customer_day`.`team` AS `team`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2025-01-10' AND `customer_day`.`day` < '2025-02-01' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days`
WHERE `order_days`.`orders` > 0 AND (`order_days`.`next_on` IS NULL OR `order_days`.`next_on` >= '2025-06-21') UNION ALL SELECT `order_days`.`team` AS `team`, 1 AS `customers`
FROM (SELECT `customer_day`.`orders` AS `orders`, `customer_day`.`previous_on` AS `previous_on`, `customer_day`.`team` AS `team`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2025-06-01' AND `customer_day`.`day` < '2025-06-21' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days`
WHERE `order_days`.`orders` > 0 AND (`order_days`.`previous_on` IS NULL OR `order_days`.`previous_on` < '2025-02-01')) AS `active`
WHERE `active`.`team` IS NOT NULL GROUP BY `active`.`team`) AS `parts` GROUP BY `parts`.`key`) AS `sides`) AS `ranked` ORDER BY `ranked`.`revenue` DESC NULLS LAST, `ranked`.`key`
LIMIT 200

-- members
SELECT `everyone`.`customer_id`, `everyone`.`name`, `everyone`.`region`, `everyone`.`city`, `everyone`.`industry`, `everyone`.`team`, `everyone`.`rep`, `everyone`.`tier`, `merged`.`revenue` AS `revenue`
FROM (SELECT `parts`.`key` AS `key`, max(`parts`.`revenue`) AS `revenue`
FROM (SELECT `facts`.`customer_no` AS `key`, '' AS `slot`, coalesce(CAST(sum(`facts`.`net`) AS Int64), 0) AS `revenue`
FROM (SELECT `months`.`customer_no` AS `customer_no`, `months`.`net` AS `net`
FROM (SELECT `customer_month`.`net` AS `net`, `customer_month`.`customer_no` AS `customer_no`
FROM `customer_month`
WHERE `customer_month`.`month` >= '2026-02-01' AND `customer_month`.`month` < '2026-06-01' AND `customer_month`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_month`.`region` IN ('East') AND `customer_month`.`tier` IN ('general', 'high')) AS `months` UNION ALL SELECT `order_days`.`customer_no` AS `customer_no`, `order_days`.`net` AS `net`
FROM (SELECT `customer_day`.`net` AS `net`, `customer_day`.`customer_no` AS `customer_no`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2026-01-10' AND `customer_day`.`day` < '2026-02-01' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days` UNION ALL SELECT `order_days`.`customer_no` AS `customer_no`, `order_days`.`net` AS `net`
FROM (SELECT `customer_day`.`net` AS `net`, `customer_day`.`customer_no` AS `customer_no`
FROM `customer_day`
WHERE `customer_day`.`day` >= '2026-06-01' AND `customer_day`.`day` < '2026-06-21' AND `customer_day`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_day`.`region` IN ('East') AND `customer_day`.`tier` IN ('general', 'high')) AS `order_days`) AS `facts`
WHERE `facts`.`customer_no` IS NOT NULL GROUP BY `facts`.`customer_no`) AS `parts` GROUP BY `parts`.`key`) AS `merged` INNER JOIN (SELECT `customer_current`.`customer_no` AS `customer_no`, `customer_current`.`customer_id` AS `customer_id`, `customer_current`.`name` AS `name`, `customer_current`.`region` AS `region`, `customer_current`.`city` AS `city`, `customer_current`.`industry` AS `industry`, `customer_current`.`team` AS `team`, `customer_current`.`rep` AS `rep`, `customer_current`.`tier` AS `tier`
FROM `customer_current`
WHERE `customer_current`.`team` IN ('Scope Team A', 'Scope Team B') AND `customer_current`.`region` IN ('East') AND `customer_current`.`tier` IN ('general', 'high')) AS `everyone` ON `everyone`.`customer_no` = `merged`.`key`
WHERE coalesce(`merged`.`revenue`, 0) != 0 ORDER BY `merged`.`revenue` DESC NULLS LAST, `everyone`.`customer_id`
