-- returns: the table stamp: each activity instance with the wall clock of its end, and whether that is a bare date
-- `by_hand`: not known to be the work of a system or an agent.
CREATE OR REPLACE TEMP TABLE stamp AS
SELECT e.case_no, e.position, e.activity_no, local_of(e.ended, e.ended_offset) AS wall,
       local_of(e.ended, e.ended_offset)::TIME = TIME '00:00:00' AS midnight,
       local_of(e.started, e.started_offset)::TIME = TIME '00:00:00' AS started_at_midnight,
       coalesce(p.kind, 'unknown') NOT IN ('system', 'agent') AS by_hand
FROM event e LEFT JOIN performer p USING (performer_no);
