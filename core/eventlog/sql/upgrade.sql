-- returns: the stored tables of the first form with what the second has more; `case_` is made anew by case_.sql afterwards
CREATE TABLE activity_2 AS SELECT *, false AS pause FROM activity ORDER BY activity_no;
DROP TABLE activity;
ALTER TABLE activity_2 RENAME TO activity;
CREATE TABLE performer_2 AS
SELECT performer_no, name, kind_of(kind) AS kind, simulated, events, false AS mixed FROM performer ORDER BY performer_no;
DROP TABLE performer;
ALTER TABLE performer_2 RENAME TO performer;
CREATE TABLE event_2 AS
WITH judged AS (
    SELECT e.*, coalesce(p.kind, 'unknown') AS kind, sound_of(e.started, e.ended) AS sound
    FROM event e LEFT JOIN performer p USING (performer_no)
), placed AS (
    SELECT *, lag(sound) OVER (PARTITION BY case_no ORDER BY position) AS previous_sound FROM judged
)
SELECT case_no, position, activity_no, previous_activity_no, performer_no, system_no, started, ended, started_offset,
       ended_offset, CASE WHEN sound AND previous_sound THEN waiting END AS waiting,
       CASE WHEN sound THEN service END AS service, cost, failed, repeated, source_row, kind, sound
FROM placed ORDER BY case_no, position;
DROP TABLE event;
ALTER TABLE event_2 RENAME TO event;
CREATE TABLE pause (case_no INTEGER, started TIMESTAMP, ended TIMESTAMP);
CREATE TABLE going_on (case_no INTEGER, since TIMESTAMP);
CREATE TEMP TABLE numbered_case AS
SELECT case_no, case_id, coalesce(n.started, c.started) AS started, coalesce(n.ended, c.ended) AS ended, events, sound, begun
FROM case_ c JOIN (
    SELECT case_no, min(coalesce(started, ended)) FILTER (sound) AS started, max(ended) FILTER (sound) AS ended,
           bool_and(sound) AS sound, count(started) > 0 AS begun
    FROM event GROUP BY case_no
) n USING (case_no);
-- the variants stand already: what case_.sql and ending.sql join them by is their number
CREATE TEMP TABLE signature AS SELECT case_no, variant_no::UBIGINT AS trace_hash, 0::BIGINT AS length FROM case_;
CREATE TEMP TABLE numbered_variant AS SELECT variant_no, variant_no::UBIGINT AS trace_hash, 0::BIGINT AS length FROM variant;
