-- returns: what was read of the stamps in the table `tried`: how many are filled, how many of these are not understood,
-- how many tell their offset from UTC or need none, and a few, evenly spread: text and moment in UTC
WITH spread AS (SELECT greatest(1, max(row_no) // $most) AS step FROM tried)
SELECT count(*), count(*) FILTER (moment IS NULL),
       count(*) FILTER ($kind IN ('epoch', 'java') OR offset_text(stamp) IS NOT NULL),
       coalesce(
           arg_min((stamp, moment), row_no, $most) FILTER (moment IS NOT NULL AND row_no % step = 1 % step),
           arg_min((stamp, moment), row_no, $most) FILTER (moment IS NOT NULL))
FROM tried, spread
