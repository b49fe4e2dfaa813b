-- returns: which value of the attribute stands in which case
SELECT DISTINCT case_no, {column} AS value FROM {table} WHERE {column} IS NOT NULL
