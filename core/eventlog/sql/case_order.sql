-- returns: the cases, numbered by their start so that filters on time prune
-- why: a case begins and ends by those of its activity instances whose times can be believed; by all, where none can.
--   The few with times that cannot be believed are looked at apart: to ask of each row costs a third more
CREATE TABLE numbered_case AS
WITH plain AS (
    SELECT case_id, min(coalesce(started, ended)) AS started, max(ended) AS ended, count(*)::INTEGER AS events,
           bool_and(sound_of(started, ended)) AS sound, count(started) > 0 AS begun
    FROM staged GROUP BY case_id
), believed AS (
    SELECT case_id, min(coalesce(started, ended)) AS started, max(ended) AS ended
    FROM staged SEMI JOIN (FROM plain WHERE NOT sound) USING (case_id)
    WHERE sound_of(started, ended) GROUP BY case_id
)
SELECT (row_number() OVER (ORDER BY coalesce(b.started, p.started), p.case_id) - 1)::INTEGER AS case_no, p.case_id,
       coalesce(b.started, p.started) AS started, coalesce(b.ended, p.ended) AS ended, p.events, p.sound, p.begun
FROM plain p LEFT JOIN believed b USING (case_id);
