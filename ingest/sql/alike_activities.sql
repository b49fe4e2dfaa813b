-- returns: activities that differ only by capitals and spaces: how many names are too many
SELECT count(*) - count(DISTINCT lower(regexp_replace(trim(activity), '\s+', ' ', 'g')))
FROM (SELECT DISTINCT activity FROM staged);
