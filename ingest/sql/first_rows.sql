-- returns: the first rows of the table raw as text
SELECT COLUMNS(*)::VARCHAR FROM raw LIMIT 20;
