-- returns: activities that differ only by capitals and spaces: how many names are too many
SELECT count(DISTINCT activity) - count(DISTINCT lower(regexp_replace(trim(activity), '\s+', ' ', 'g'))) FROM staged;
