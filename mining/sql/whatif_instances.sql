-- returns: the activity instances of complete cases whose times can be believed, by case and position: case, activity,
--   performer, kind, start and end in seconds since 1970, service time, cost, whether it failed, whether somebody outside is
--   waited for
-- why: of a log with more than `most` of them the newest cases are taken
WITH counted AS (
    SELECT case_no, sum(events) OVER (ORDER BY started DESC, case_no) AS so_far FROM case_
    WHERE state = 'complete' AND sound
)
SELECT e.case_no, e.activity_no, e.performer_no, e.kind::VARCHAR AS kind, epoch(e.started) AS started,
       epoch(e.ended) AS ended, e.service, e.cost, e.failed, a.pause
FROM event e JOIN counted c USING (case_no) JOIN activity a USING (activity_no)
WHERE c.so_far <= $most ORDER BY e.case_no, e.position;
