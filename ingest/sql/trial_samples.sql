-- returns: what was read of the stamps in the column `stamp` of the view `tried`: how many are filled, how many of these
-- are not understood, how many state their offset from UTC, and a few, evenly spread: text and moment in UTC
WITH read AS (
    SELECT row_no, stamp, utc_moment(stamp, $kind) AS moment, offset_text(stamp) IS NOT NULL AS stated
    FROM tried WHERE stamp IS NOT NULL
)
SELECT count(*), count(*) FILTER (moment IS NULL), count(*) FILTER (stated),
       list((stamp, moment) ORDER BY row_no) FILTER (moment IS NOT NULL AND row_no % greatest(1, (SELECT max(row_no) FROM tried) // 6) = 1)
FROM read
