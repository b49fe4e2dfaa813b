-- returns: for each column of the first ten thousand rows: values, different values, its frequent words, and of the three
-- hundred most frequent words that mean anything: how many values have one, how many of these are moments, how many are
-- numbers and how many amounts
WITH cell AS (
    UNPIVOT (SELECT COLUMNS(*)::VARCHAR FROM raw LIMIT 10000) ON COLUMNS(*) INTO NAME key VALUE cell_text
), word AS (
    SELECT key, cell_text, count(*) AS times,
           row_number() OVER (PARTITION BY key ORDER BY count(*) DESC, cell_text) AS rank
    FROM cell WHERE cell_text <> '' GROUP BY key, cell_text
), tried AS (
    SELECT key, cell_text, times, rank, isfinite(try_cast(cell_text AS DOUBLE)) IS TRUE AS number,
           coalesce(amount_of(cell_text, 'comma'), amount_of(cell_text, 'point')) IS NOT NULL AS amount,
           bool_or(wall_clock(cell_text, kind) IS NOT NULL) AS moment
    FROM word, unnest(['iso', 'epoch', 'year_first', 'named_month', 'day_first', 'month_first', 'ticks', 'java']) AS kinds(kind)
    WHERE rank <= 300 AND NOT is_missing(cell_text) GROUP BY ALL
)
SELECT w.key, w.filled, w.different, coalesce(t.words, []), coalesce(t.tried, 0), coalesce(t.moments, 0),
       coalesce(t.numbers, 0), coalesce(t.amounts, 0)
FROM (SELECT key, sum(times)::BIGINT AS filled, count(*) AS different FROM word GROUP BY key) w
LEFT JOIN (SELECT key, list(cell_text ORDER BY rank)[:20] AS words, sum(times)::BIGINT AS tried,
             sum(times) FILTER (WHERE moment)::BIGINT AS moments,
             sum(times) FILTER (WHERE number)::BIGINT AS numbers,
             sum(times) FILTER (WHERE amount)::BIGINT AS amounts
      FROM tried GROUP BY key) t USING (key);
