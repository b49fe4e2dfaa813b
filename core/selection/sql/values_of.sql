-- returns: how filled an attribute is, its least and greatest number, and its most frequent values with their counts
-- why: `attribute_value` is a view of its one column, made for the question
WITH counted AS (
    SELECT value::VARCHAR AS value, count(*) AS times FROM attribute_value WHERE value IS NOT NULL GROUP BY ALL
)
SELECT (SELECT count(*) FROM attribute_value), (SELECT coalesce(sum(times), 0)::BIGINT FROM counted),
       (SELECT count(*) FROM counted),
       (SELECT min(try_cast(value AS DOUBLE)) FROM counted), (SELECT max(try_cast(value AS DOUBLE)) FROM counted),
       (SELECT list((value, times) ORDER BY times DESC, value)
        FROM (FROM counted ORDER BY times DESC, value LIMIT $most))
