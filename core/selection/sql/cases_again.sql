-- returns: the cases of the view `event` with their times and counts taken from it
WITH n AS (
    SELECT case_no, coalesce(min(coalesce(started, ended)) FILTER (sound), min(coalesce(started, ended))) AS started,
           coalesce(max(ended) FILTER (sound), max(ended)) AS ended, count(*)::INTEGER AS events,
           bool_and(sound) AS sound, count(started) > 0 AS begun
    FROM event GROUP BY case_no
), paused AS (
    SELECT p.case_no, sum(seconds_between(greatest(p.started, n.started), least(p.ended, n.ended))) AS seconds
    FROM stored.pause p JOIN n USING (case_no)
    WHERE greatest(p.started, n.started) < least(p.ended, n.ended) GROUP BY p.case_no
)
SELECT case_no, c.case_id, NULL::INTEGER AS variant_no, n.started, n.ended, n.events, c.due, c.complete, c.state, n.sound,
       n.begun, cycle_of(c.state, n.sound, n.begun, n.events, n.started, n.ended, paused.seconds) AS cycle,
       met_of(c.state, n.sound, n.ended, c.due, edge.until) AS met
FROM n JOIN stored.case_ c USING (case_no) LEFT JOIN paused USING (case_no),
     (SELECT max(ended) FILTER (sound) AS until FROM stored.event) AS edge
