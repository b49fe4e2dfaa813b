-- returns: the cases in which $activity (any, if it is null) stands $least times or more, again as $loop says
WITH placed AS (
    SELECT case_no, coalesce(previous_activity_no = activity_no, false) AS looped,
           row_number() OVER (PARTITION BY case_no, activity_no ORDER BY position) AS time
    FROM event WHERE $activity IS NULL OR activity_no = $activity
)
SELECT DISTINCT case_no FROM placed
WHERE time >= $least AND ($loop = 'any' OR ($loop = 'self_loop' AND looped) OR ($loop = 'repetition' AND NOT looped))
