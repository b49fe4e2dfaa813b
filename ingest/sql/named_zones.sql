-- returns: the zones that the stamps of the view `sampled` name by letters: name, minutes from UTC, and how many have it
SELECT zone, minutes_of(zone) AS minutes, count(*)
FROM (SELECT regexp_extract(stamp, '([A-Z]{3,4})( \d{4})?$', 1) AS zone FROM sampled)
WHERE zone NOT IN ('', 'UTC', 'GMT') AND getvariable('zone_minutes')[zone] IS NOT NULL GROUP BY zone ORDER BY zone;
