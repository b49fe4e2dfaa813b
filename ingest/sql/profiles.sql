-- returns: for each column of the first ten thousand rows: values, different values, its frequent words, and of the three
-- hundred most frequent words: how many values have one, how many of these are moments, how many numbers
WITH cell AS (
    UNPIVOT (SELECT COLUMNS(*)::VARCHAR FROM raw LIMIT 10000) ON COLUMNS(*) INTO NAME key VALUE cell_text
), word AS (
    SELECT key, cell_text, count(*) AS times,
           row_number() OVER (PARTITION BY key ORDER BY count(*) DESC, cell_text) AS rank
    FROM cell WHERE cell_text <> '' GROUP BY key, cell_text
), tried AS (
    SELECT key, cell_text, times, rank, try_cast(cell_text AS DOUBLE) IS NOT NULL AS number,
           bool_or(wall_clock(cell_text, kind) IS NOT NULL) AS moment
    FROM word, unnest(['iso', 'epoch', 'year_first', 'named_month', 'day_first', 'month_first']) AS kinds(kind)
    WHERE rank <= 300 GROUP BY ALL
)
SELECT w.key, w.filled, w.different, t.words, t.tried, t.moments, t.numbers
FROM (SELECT key, sum(times)::BIGINT AS filled, count(*) AS different FROM word GROUP BY key) w
JOIN (SELECT key, list(cell_text ORDER BY rank)[:20] AS words, sum(times)::BIGINT AS tried,
             coalesce(sum(times) FILTER (WHERE moment), 0)::BIGINT AS moments,
             coalesce(sum(times) FILTER (WHERE number), 0)::BIGINT AS numbers
      FROM tried GROUP BY key) t USING (key);
