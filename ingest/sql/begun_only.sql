-- returns: the table begun_only: of each case with rows that have a start and no end, the latest start, and how many rows they are
CREATE OR REPLACE TEMP TABLE begun_only AS
SELECT case_text AS case_id, max(start_moment(start_text)) AS since, count(*) AS times FROM cells
WHERE case_text IS NOT NULL AND activity_text IS NOT NULL AND end_text IS NULL AND start_text IS NOT NULL
GROUP BY case_text;
