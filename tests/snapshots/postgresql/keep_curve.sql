-- question
SELECT ranked.rank, ranked.loss AS expected_loss, ranked.saved AS saved, whole.whole, whole.losing
FROM (SELECT CAST(row_number() OVER (ORDER BY first.loss DESC, first.customer_no) AS INTEGER) AS rank, first.loss AS loss, CAST(sum(CAST(first.loss AS BIGINT)) OVER (ORDER BY first.loss DESC, first.customer_no) AS BIGINT) AS saved
FROM (SELECT found.customer_no AS customer_no, found.loss AS loss
FROM (SELECT customers.customer_no AS customer_no, CASE WHEN NOT customers.is_churned THEN customers.expected_loss END AS loss
FROM (SELECT customer_current.customer_no AS customer_no, customer_current.value AS value, customer_current.is_churned AS is_churned, customer_current.expected_loss AS expected_loss
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE CASE WHEN NOT customers.is_churned THEN customers.expected_loss END > 0) AS found ORDER BY found.loss DESC, found.customer_no
LIMIT 1000) AS first) AS ranked JOIN (SELECT CAST(sum(found.loss) AS BIGINT) AS whole, count(*) AS losing
FROM (SELECT customers.customer_no AS customer_no, CASE WHEN NOT customers.is_churned THEN customers.expected_loss END AS loss
FROM (SELECT customer_current.customer_no AS customer_no, customer_current.value AS value, customer_current.is_churned AS is_churned, customer_current.expected_loss AS expected_loss
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE CASE WHEN NOT customers.is_churned THEN customers.expected_loss END > 0) AS found) AS whole ON true ORDER BY ranked.rank

-- members
SELECT ranked.customer_id, ranked.name, ranked.region, ranked.team, ranked.rep, ranked.customer_asset, ranked.expected_loss
FROM (SELECT customers.customer_id AS customer_id, customers.name AS name, customers.region AS region, customers.team AS team, customers.rep AS rep, customers.value AS customer_asset, CASE WHEN NOT customers.is_churned THEN customers.expected_loss END AS expected_loss, row_number() OVER (ORDER BY CASE WHEN NOT customers.is_churned THEN customers.expected_loss END DESC, customers.customer_id) AS place
FROM (SELECT customer_current.customer_id AS customer_id, customer_current.name AS name, customer_current.region AS region, customer_current.team AS team, customer_current.rep AS rep, customer_current.value AS value, customer_current.is_churned AS is_churned, customer_current.expected_loss AS expected_loss
FROM customer_current
WHERE customer_current.is_customer AND customer_current.team IN ('Scope Team A', 'Scope Team B') AND customer_current.region IN ('East') AND customer_current.tier IN ('general', 'high')) AS customers
WHERE CASE WHEN NOT customers.is_churned THEN customers.expected_loss END > 0) AS ranked
WHERE ranked.place <= 50 ORDER BY ranked.place
