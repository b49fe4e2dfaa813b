-- returns: the columns of the attributes of events, by name
SELECT column_name FROM duckdb_columns()
WHERE table_name = 'event_attribute' AND starts_with(column_name, '@') AND database_name <> 'temp'
GROUP BY column_name ORDER BY column_name;
