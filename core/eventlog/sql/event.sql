-- returns: the events sorted by case and position, with the event before and the times between them
CREATE TABLE event AS
WITH numbered AS (
    SELECT c.case_no, a.activity_no, p.performer_no, y.system_no, s.started, s.ended,
           s.started_offset, s.ended_offset, s.cost, s.failed, s.source_row
    FROM staged s
    JOIN numbered_case c USING (case_id)
    JOIN activity a ON a.name = s.activity
    LEFT JOIN performer p ON p.name = s.performer
    LEFT JOIN system y ON y.name = s.system
), placed AS (
    SELECT *, row_number() OVER w AS position, lag(activity_no) OVER w AS previous_activity_no,
           lag(ended) OVER w AS previous_ended
    FROM numbered
    WINDOW w AS (PARTITION BY case_no ORDER BY coalesce(started, ended), ended, source_row)
)
SELECT case_no, position::INTEGER AS position, activity_no, previous_activity_no, performer_no, system_no,
       started, ended, started_offset, ended_offset,
       CASE WHEN previous_ended IS NOT NULL  -- greatest() would pass over the null and say 0
            THEN greatest(0, epoch_us(coalesce(started, ended)) - epoch_us(previous_ended)) / 1e6 END AS waiting,
       (epoch_us(ended) - epoch_us(started)) / 1e6 AS service,
       cost, failed,
       row_number() OVER (PARTITION BY case_no, activity_no ORDER BY position) > 1 AS repeated,
       source_row
FROM placed ORDER BY case_no, position;
