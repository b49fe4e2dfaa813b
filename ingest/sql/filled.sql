-- returns: one row: rows, those without case, activity and end, those that have all three, and how many of these have a start
SELECT count(*), count(*) FILTER (case_text IS NULL), count(*) FILTER (activity_text IS NULL),
       count(*) FILTER (end_text IS NULL),
       count(*) FILTER (case_text IS NOT NULL AND activity_text IS NOT NULL AND end_text IS NOT NULL),
       count(start_text) FILTER (case_text IS NOT NULL AND activity_text IS NOT NULL AND end_text IS NOT NULL)
FROM cells;
