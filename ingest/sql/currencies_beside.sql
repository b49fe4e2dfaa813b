-- returns: the different currencies of the view `spoken` in rows that have a cost: text, and how many rows have it
SELECT trim(cell), count(*) FROM spoken
WHERE trim(cell) <> '' AND NOT is_missing(cell) AND trim(cost) <> '' AND NOT is_missing(cost) GROUP BY trim(cell);
