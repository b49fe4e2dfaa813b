-- returns: for each step from the first start to the last end: its start on the clock of the source, cases started,
--   completed, and open at its end; a step in which nothing happened is there
-- why: of a case that is not complete and not open either, nobody knows; it is taken to stand open until its last event
WITH edge AS (
    SELECT case_no, date_trunc($step, min(local_begun)) AS first_step, date_trunc($step, max(local_ended)) AS last_step
    FROM timed GROUP BY case_no
), came AS (
    SELECT first_step AS moment, 1 AS started, 0 AS completed, 0 AS gone FROM edge
    UNION ALL
    SELECT last_step, 0, complete::INTEGER, (state <> 'open')::INTEGER FROM edge JOIN case_ USING (case_no)
), counted AS (
    SELECT moment, sum(started)::BIGINT AS started, sum(completed)::BIGINT AS completed, sum(gone) AS gone
    FROM came GROUP BY moment
), steps AS (
    SELECT unnest(generate_series(min(moment), max(moment), to_months($months) + to_days($days) + to_hours($hours)))
           AS moment FROM counted
), filled AS (
    SELECT moment, coalesce(started, 0) AS started, coalesce(completed, 0) AS completed, coalesce(gone, 0) AS gone
    FROM steps LEFT JOIN counted USING (moment)
)
SELECT moment, started, completed, (sum(started - gone) OVER (ORDER BY moment))::BIGINT FROM filled ORDER BY moment;
