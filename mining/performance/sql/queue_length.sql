-- returns: one row: number waiting, integrated over time by a sweep, in seconds
WITH chosen AS (
    SELECT ready, begun FROM timed
    WHERE clock_waiting IS NOT NULL AND ($activity_no IS NULL OR activity_no = $activity_no)
), change AS (
    SELECT moment, sum(step) AS step FROM (SELECT ready AS moment, 1 AS step FROM chosen UNION ALL SELECT begun, -1 FROM chosen)
    GROUP BY moment
)
SELECT coalesce(sum(waiting * seconds), 0) FROM (
    SELECT sum(step) OVER w AS waiting, (epoch_us(lead(moment) OVER w) - epoch_us(moment)) / 1e6 AS seconds
    FROM change WINDOW w AS (ORDER BY moment)
);
