-- Blank until a scoring model is approved: no customer has an official value yet.
SELECT CAST(NULL AS DECIMAL(18, 4)) AS value
