-- returns: the events sorted by case and position, with the event before, who did each, and the times between them
-- why: what an activity instance that waits for somebody outside takes is nobody's waiting or service time. A performer that
--   is not mixed has one kind in every row that tells one. A kind is an ENUM here: as a text it takes long to write.
CREATE TABLE event AS
WITH numbered AS (
    SELECT c.case_no, a.activity_no, a.pause, p.performer_no, y.system_no, s.started, s.ended,
           s.started_offset, s.ended_offset, s.cost, s.failed, s.source_row,
           CASE WHEN p.mixed IS NOT false THEN kind_of(s.performer_kind)::ENUM ('human', 'agent', 'system', 'unknown')
                ELSE p.kind END AS kind,
           sound_of(s.started, s.ended) AS sound
    FROM staged s
    JOIN numbered_case c USING (case_id)
    JOIN activity a ON a.name = s.activity
    LEFT JOIN (
        SELECT performer_no, name, mixed, kind::ENUM ('human', 'agent', 'system', 'unknown') AS kind FROM performer
    ) p ON p.name = s.performer
    LEFT JOIN system y ON y.name = s.system
), placed AS (
    SELECT *, row_number() OVER w AS position, lag(activity_no) OVER w AS previous_activity_no,
           lag(CASE WHEN sound THEN ended END) OVER w AS previous_ended
    FROM numbered
    WINDOW w AS (PARTITION BY case_no ORDER BY coalesce(started, ended), ended, source_row)
)
SELECT case_no, position::INTEGER AS position, activity_no, previous_activity_no, performer_no, system_no,
       started, ended, started_offset, ended_offset,
       waiting_of(previous_ended, coalesce(started, ended), sound AND (started IS NOT NULL OR NOT pause)) AS waiting,
       CASE WHEN sound AND NOT pause THEN seconds_between(started, ended) END AS service,
       cost, failed,
       row_number() OVER (PARTITION BY case_no, activity_no ORDER BY position) > 1 AS repeated,
       source_row, kind, sound
FROM placed ORDER BY case_no, position;
