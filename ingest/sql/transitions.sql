-- returns: the transitions of the log, and how many rows have each
SELECT lower(trim(lifecycle_text)), count(*) FROM cells WHERE lifecycle_text IS NOT NULL GROUP BY ALL;
