-- returns: for each step: its start (UTC), mean and peak of what waits, mean of what is in progress, arrivals, begun,
--   completed
-- why: a sweep over every arrival (+1) and departure (-1), cut at the boundaries of the steps, so that means and peaks
--   are exact and only the drawing is coarse
WITH chosen AS (
    SELECT * FROM timed WHERE $activity_no IS NULL OR activity_no = $activity_no
), change AS (
    SELECT ready AS moment, 1 AS waiting, 0 AS busy, 1 AS arrived, 0 AS begun, 0 AS completed
    FROM chosen WHERE clock_waiting IS NOT NULL
    UNION ALL
    SELECT begun, -(clock_waiting IS NOT NULL)::INTEGER, (started IS NOT NULL)::INTEGER, 0,
           (clock_waiting IS NOT NULL)::INTEGER, 0 FROM chosen
    UNION ALL
    SELECT ended, 0, -(started IS NOT NULL)::INTEGER, 0, 0, 1 FROM chosen
), bounds AS (
    SELECT date_trunc($step, timezone($zone, timezone('UTC', min(moment)))) AS low,
           date_trunc($step, timezone($zone, timezone('UTC', max(moment)))) AS high FROM change
), boundary AS (
    SELECT DISTINCT timezone('UTC', timezone($zone, local)) AS moment FROM (
        SELECT unnest(generate_series(low, high + to_months($months) + to_days($days) + to_hours($hours),
                                      to_months($months) + to_days($days) + to_hours($hours))) AS local FROM bounds
    )
), summed AS (
    SELECT moment, sum(waiting) AS waiting, sum(busy) AS busy, sum(arrived) AS arrived, sum(begun) AS begun,
           sum(completed) AS completed, max(mark) AS mark
    FROM (SELECT *, NULL::TIMESTAMP AS mark FROM change UNION ALL SELECT moment, 0, 0, 0, 0, 0, moment FROM boundary)
    GROUP BY moment
), swept AS (
    SELECT sum(waiting) OVER w AS waiting, sum(busy) OVER w AS busy, arrived, begun, completed, max(mark) OVER w AS step,
           (epoch_us(lead(moment) OVER w) - epoch_us(moment)) / 1e6 AS seconds
    FROM summed WINDOW w AS (ORDER BY moment)
)
SELECT step, coalesce(sum(waiting * seconds) / nullif(sum(seconds), 0), 0), max(waiting)::BIGINT,
       coalesce(sum(busy * seconds) / nullif(sum(seconds), 0), 0),
       sum(arrived)::BIGINT, sum(begun)::BIGINT, sum(completed)::BIGINT
FROM swept GROUP BY step HAVING sum(seconds) > 0 OR sum(arrived + begun + completed) > 0 ORDER BY step;
