-- returns: the rows of the view `ordered`, sorted by case and position, their positions counted anew
-- why: `repeated` is still what it was before rows were dropped; `repeated_anew` mends it
WITH counted AS (SELECT *, row_number() OVER () AS n FROM ordered), placed AS (
    SELECT *, n - max(CASE WHEN previous_activity_no IS NULL THEN n END) OVER (ROWS UNBOUNDED PRECEDING) + 1 AS place
    FROM counted
)
SELECT case_no, place::INTEGER AS position, activity_no, previous_activity_no, performer_no, system_no, started, ended,
       started_offset, ended_offset, waiting, service, cost, failed, repeated, source_row, kind,
       sound, row_no
FROM placed
