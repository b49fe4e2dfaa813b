-- returns: one row: how many cases and activity instances are selected, counted on the events alone
SELECT count(*) FILTER (WHERE previous_activity_no IS NULL), count(*) FROM event
