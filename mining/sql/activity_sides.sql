-- returns: one row on the activity `$activity`: instances that failed, instances that say whether, hand-overs before it,
-- instances with a performer here and before, and among them the share of hand-overs is the quotient
WITH chosen AS (
    SELECT case_no, position, performer_no, failed FROM event
    WHERE activity_no = (SELECT activity_no FROM activity WHERE name = $activity)
), before AS (
    SELECT case_no, position, lag(performer_no) OVER (PARTITION BY case_no ORDER BY position) AS performer_before
    FROM event WHERE case_no IN (SELECT case_no FROM chosen)
)
SELECT count(*) FILTER (failed), count(failed),
       count(*) FILTER (performer_no <> performer_before), count(*) FILTER (performer_no IS NOT NULL AND performer_before IS NOT NULL)
FROM chosen JOIN before USING (case_no, position);
