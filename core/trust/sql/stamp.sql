-- returns: the table stamp: each activity instance with the wall clock of its end, and whether that is a bare date
-- A bare date is midnight; or, where nine in ten ends (of at least 20) have one whole hour or two neighbouring ones, that
-- hour: days of one time zone that were written in another, such as 22:00 and 23:00 UTC for midnight in Rome.
-- `by_hand`: not known to be the work of a system or an agent.
CREATE OR REPLACE TEMP TABLE stamp AS
WITH wall AS (
    SELECT case_no, position, activity_no, kind, local_of(ended, ended_offset) AS wall,
           local_of(started, started_offset) AS started_wall
    FROM event
), often AS (
    SELECT wall::TIME AS clock, count(*) AS n FROM wall GROUP BY clock ORDER BY n DESC LIMIT 2
), told AS (
    SELECT CASE WHEN (SELECT count(*) FROM wall) >= 20 AND sum(n) >= 0.9 * (SELECT count(*) FROM wall)
                     AND bool_and(epoch(clock) % 3600 = 0) AND max(epoch(clock)) - min(epoch(clock)) IN (0, 3600, 82800)
                THEN list(clock) ELSE [] END AS clocks
    FROM often
)
SELECT w.case_no, w.position, w.activity_no, w.wall,
       w.wall::TIME = TIME '00:00:00' OR list_contains(t.clocks, w.wall::TIME) AS midnight,
       w.started_wall::TIME = TIME '00:00:00' OR list_contains(t.clocks, w.started_wall::TIME) AS started_at_midnight,
       w.kind NOT IN ('system', 'agent') AS by_hand
FROM wall w, told t;
