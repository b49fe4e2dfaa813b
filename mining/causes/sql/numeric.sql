-- returns: whether the first 10,000 known values of a text attribute all read as numbers
SELECT count(*) > 0 AND count(*) = count(TRY_CAST(value AS DOUBLE))
FROM (SELECT {column} AS value FROM {table} WHERE {column} IS NOT NULL LIMIT 10000);
