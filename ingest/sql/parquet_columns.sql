-- returns: name and type of each column of a Parquet file
SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet($path, hive_partitioning = false));
