-- returns: the rows of a delimited file as text, in the table raw; what does not fit goes to reject_errors
CREATE TEMP TABLE raw AS
FROM read_csv($path, header = true, delim = $delimiter, quote = '"', escape = '"', auto_detect = false, compression = 'none', hive_partitioning = false,
              columns = $columns, store_rejects = true, rejects_limit = 0, max_line_size = 16777216)
LIMIT $most;
