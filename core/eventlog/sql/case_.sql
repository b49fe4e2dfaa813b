-- returns: the cases: when they ran, how far they are, their cycle time, and whether they met their due moment
-- why: `ends` and `quiet_since` are variables: with which activities a case is over where nobody says it, and since when a case
--   has been quiet for so long that nobody can say whether it goes on. A time that cannot be true may have put an activity
--   instance behind the one that ended its case: the last whose times can be believed is looked at as well
CREATE TABLE case_ AS
WITH edge AS (
    SELECT greatest(max(ended) FILTER (sound), getvariable('known_until')) AS until FROM event
), believed AS (
    SELECT case_no, arg_max(activity_no, position) AS last FROM event
    WHERE sound AND case_no IN (SELECT case_no FROM numbered_case WHERE NOT sound) GROUP BY case_no
), paused AS (
    SELECT p.case_no, sum(seconds_between(greatest(p.started, c.started), least(p.ended, c.ended))) AS seconds
    FROM pause p JOIN numbered_case c USING (case_no)
    WHERE greatest(p.started, c.started) < least(p.ended, c.ended) GROUP BY p.case_no
), judged AS (
    SELECT c.*, v.variant_no, d.due,
           CASE WHEN d.state IS NOT NULL THEN d.state
                WHEN d.complete THEN 'complete'
                WHEN NOT d.complete THEN 'open'
                WHEN getvariable('told') THEN 'unknown'
                WHEN going_on.since IS NOT NULL THEN 'open'
                WHEN list_contains(getvariable('ends'), t.trace[len(t.trace)])
                     OR list_contains(getvariable('ends'), b.last) THEN 'complete'
                WHEN c.ended >= getvariable('quiet_since') THEN 'open'
                ELSE 'unknown' END::ENUM ('complete', 'open', 'failed', 'cancelled', 'unknown') AS state
    FROM numbered_case c
    JOIN signature g USING (case_no)
    JOIN numbered_variant v ON v.trace_hash = g.trace_hash AND v.length = g.length
    JOIN variant t USING (variant_no)
    LEFT JOIN staged_case d ON d.case_id = c.case_id
    LEFT JOIN going_on ON going_on.case_no = c.case_no
    LEFT JOIN believed b ON b.case_no = c.case_no
)
SELECT j.case_no, j.case_id, j.variant_no, j.started, j.ended, j.events, j.due, j.state = 'complete' AS complete,
       j.state, j.sound, j.begun,
       cycle_of(j.state, j.sound, j.begun, j.events, j.started, j.ended, p.seconds) AS cycle,
       met_of(j.state, j.sound, j.ended, j.due, edge.until) AS met
FROM judged j LEFT JOIN paused p USING (case_no), edge
ORDER BY j.case_no;
DROP TABLE signature;
DROP TABLE numbered_variant;
