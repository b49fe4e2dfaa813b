-- returns: the transitions of the log
SELECT DISTINCT lower(trim(spelled)) FROM (SELECT DISTINCT lifecycle_text AS spelled FROM cells)
WHERE spelled IS NOT NULL;
