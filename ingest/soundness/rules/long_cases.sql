-- returns: cases that lasted far longer or shorter than the others
-- title: Cases of far-out length
-- why: The cycle time lies more than three interquartile ranges (on a logarithmic scale, Tukey's "far out") beyond the quartiles of all cases with more than one activity instance, of at least 20.
-- consequence: worth knowing
-- of: cases
-- doubts: cycle time
-- advice: A few of them move the mean: read the median.
-- shows: seconds
WITH lasted AS (
    SELECT case_no, cycle AS seconds FROM case_ WHERE cycle IS NOT NULL AND events > 1
), spread AS (SELECT quantile_cont(ln(seconds + 1), [0.25, 0.75]) AS quartile, count(*) AS n FROM lasted WHERE seconds >= 0)
SELECT NULL AS subject, case_no, NULL AS position, seconds AS value, -seconds AS rank FROM lasted, spread
WHERE n >= 20 AND seconds >= 0
  AND (ln(seconds + 1) > quartile[2] + 3 * greatest(quartile[2] - quartile[1], ln(2))
       OR ln(seconds + 1) < quartile[1] - 3 * greatest(quartile[2] - quartile[1], ln(2)))
