-- returns: one row: the moments between which times can be believed; null: no such bound on that side
-- why: a year that was mistyped, or the 1900 of an empty date, lies far from all the rest: ten interquartile ranges and no less
--   than a year away from the quartiles, and behind a gap of more than a year in which nothing happened. Only where it is
--   at most one activity instance in twenty: what happens more often is how the log is. Quartiles of a sample that is the
--   same in each run. 1970, 1900 and 9999 are what computers write where they have no date. What ends more than a day (for
--   time zones) after the version is made, `made_at`, has not happened; where that is more than one in twenty (one alone
--   may be, when it lies a month ahead), it is the clock that is wrong, or so is the log's calendar.
WITH sampled AS (
    SELECT epoch_us(ended) AS micros FROM staged
    WHERE source_row % greatest(1, (SELECT count(*) FROM staged) // 100000) = 0
), quartiles AS (
    SELECT quantile_disc(micros, 0.25) AS low, quantile_disc(micros, 0.75) AS high FROM sampled
), fence AS (
    SELECT low - 10 * greatest(high - low, 36.5 * 86400e6) AS low, high + 10 * greatest(high - low, 36.5 * 86400e6) AS high,
           366 * 86400e6 AS gap
    FROM quartiles
), beyond AS (
    SELECT epoch_us(started) AS started, epoch_us(ended) AS ended FROM staged, fence
    WHERE epoch_us(ended) NOT BETWEEN fence.low AND fence.high OR epoch_us(started) NOT BETWEEN fence.low AND fence.high
), few AS (
    SELECT (SELECT count(*) FROM beyond) <= greatest(1, 0.05 * (SELECT count(*) FROM staged)) AS are
), moments AS (
    SELECT started AS micros FROM beyond WHERE started IS NOT NULL UNION ALL SELECT ended FROM beyond
), below AS (
    SELECT micros, coalesce(lag(micros) OVER (ORDER BY micros DESC), fence.low) AS nearer, fence.gap
    FROM moments, fence WHERE micros < fence.low
), above AS (
    SELECT micros, coalesce(lag(micros) OVER (ORDER BY micros), fence.high) AS nearer, fence.gap
    FROM moments, fence WHERE micros > fence.high
), tomorrow AS (
    SELECT getvariable('made_at')::TIMESTAMP + INTERVAL 1 DAY AS moment
), ahead AS (
    SELECT count(*) > 0 AND (count(*) <= 0.05 * (SELECT count(*) FROM staged)
                             OR count(*) = 1 AND min(ended) > any_value(moment) + INTERVAL 30 DAY) AS few
    FROM staged, tomorrow WHERE ended > moment
)
SELECT greatest(CASE WHEN quartiles.low > epoch_us(TIMESTAMP '1972-01-01') THEN TIMESTAMP '1971-01-01'
                     ELSE TIMESTAMP '1900-01-02' END,
                CASE WHEN few.are THEN make_timestamp((SELECT arg_max(nearer, micros) FROM below WHERE nearer - micros > gap)::BIGINT) END),
       least(TIMESTAMP '2200-01-01',
             CASE WHEN few.are THEN make_timestamp((SELECT arg_min(nearer, micros) FROM above WHERE micros - nearer > gap)::BIGINT) END,
             CASE WHEN ahead.few AND quartiles.high <= epoch_us(moment) THEN moment END)
FROM quartiles, few, tomorrow, ahead;
