-- returns: a macro that gives the wall clock where an event happened
-- why: a stamp's own offset says it; where it has none, the time zone that the import was told
CREATE OR REPLACE TEMP MACRO local_of(moment, shift) AS
CASE WHEN shift IS NOT NULL THEN moment + to_minutes(shift)
     WHEN getvariable('zone') = 'UTC' THEN moment
     ELSE timezone(getvariable('zone'), timezone('UTC', moment)) END;
