-- returns: the cases without a value of the attribute
SELECT case_no, 1 AS value FROM {table} WHERE {column} IS NULL
