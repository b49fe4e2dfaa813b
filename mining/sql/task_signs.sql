-- returns: signs that software does an activity: instances, how many of them end in a burst, how many have a time, how many
--   of these take none; each within `within` seconds
-- why: they are results of automation, told apart from what suitability reads
WITH beside AS (
    SELECT activity_no, ended, sound,
           CASE WHEN started IS NOT NULL THEN service ELSE waiting END AS took,
           lag(ended) OVER w AS before, lead(ended) OVER w AS after
    FROM event WHERE sound WINDOW w AS (PARTITION BY activity_no ORDER BY ended)
)
SELECT a.name AS activity, count(*) AS instances,
       count(*) FILTER (least(coalesce(seconds_between(before, ended), 1e9), coalesce(seconds_between(ended, after), 1e9))
                        <= $within) AS bursting,
       count(took) AS timed, count(*) FILTER (took <= $within) AS instant
FROM beside JOIN activity a USING (activity_no) GROUP BY a.name ORDER BY a.name;
