-- returns: for each column of the first ten thousand rows: values, different values, moments, numbers, its frequent words
WITH cell AS (
    UNPIVOT (SELECT COLUMNS(*)::VARCHAR FROM raw LIMIT 10000) ON COLUMNS(*) INTO NAME key VALUE cell_text
), word AS (
    SELECT key, cell_text, count(*) AS times FROM cell WHERE cell_text <> '' GROUP BY key, cell_text
)
SELECT key, sum(times)::BIGINT, count(*),
       coalesce(sum(times) FILTER (WHERE
           utc_moment(cell_text, 'iso') IS NOT NULL OR utc_moment(cell_text, 'day_first') IS NOT NULL
           OR utc_moment(cell_text, 'month_first') IS NOT NULL OR utc_moment(cell_text, 'named_month') IS NOT NULL
           OR utc_moment(cell_text, 'year_first') IS NOT NULL OR epoch_moment(cell_text) IS NOT NULL), 0)::BIGINT,
       coalesce(sum(times) FILTER (WHERE try_cast(cell_text AS DOUBLE) IS NOT NULL), 0)::BIGINT,
       list(cell_text ORDER BY times DESC, cell_text)[:20]
FROM word GROUP BY key;
