-- returns: one row: the moments between which the ends of the log lie, but for a few that lie far from all the rest
-- why: a year that was mistyped, or the 1900 of an empty date. Far is ten interquartile ranges and no less than a year away,
--   and only where it is at most one end in twenty: what happens more often is how the log is. Quartiles of a sample
--   that is the same in each run. 1970, 1900 and 9999 are what computers write where they have no date.
WITH sampled AS (
    SELECT epoch_us(ended) AS micros FROM staged
    WHERE source_row % greatest(1, (SELECT count(*) FROM staged) // 100000) = 0
), quartiles AS (
    SELECT quantile_disc(micros, 0.25) AS low, quantile_disc(micros, 0.75) AS high FROM sampled
), fence AS (
    SELECT low - 10 * greatest(high - low, 36.5 * 86400e6) AS low, high + 10 * greatest(high - low, 36.5 * 86400e6) AS high
    FROM quartiles
), far AS (
    SELECT count(*) FILTER (epoch_us(ended) NOT BETWEEN low AND high
                            OR epoch_us(started) NOT BETWEEN low AND high) AS n, count(*) AS total
    FROM staged, fence
)
SELECT greatest(CASE WHEN quartiles.low > epoch_us(TIMESTAMP '1972-01-01') THEN TIMESTAMP '1971-01-01'
                     ELSE TIMESTAMP '1900-01-02' END,
                make_timestamp(CASE WHEN n <= greatest(1, 0.05 * total) THEN fence.low::BIGINT END)),
       least(TIMESTAMP '2200-01-01',
             make_timestamp(CASE WHEN n <= greatest(1, 0.05 * total) THEN fence.high::BIGINT END))
FROM quartiles, fence, far;
