-- returns: gaps of one path by the weekday and third of the day at which they begin: short ones and long ones
-- why: a gap begins its length before it ends, so the event before need not be looked up
SELECT isodow(began) * 10 + hour(began) // 3, count(*) FILTER (waiting < $split), count(*) FILTER (waiting >= $split)
FROM (
    SELECT waiting, coalesce(started, ended) - to_microseconds((waiting * 1e6)::BIGINT)
                    + to_minutes(coalesce(started_offset, ended_offset, 0)) AS began
    FROM event
    WHERE activity_no = (SELECT activity_no FROM activity WHERE name = $target)
      AND previous_activity_no = (SELECT activity_no FROM activity WHERE name = $source)
)
GROUP BY 1 ORDER BY 1;
