-- returns: name and type of each column of the table raw
SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'raw';
