-- returns: one row: arrivals, mean wait in seconds, completed, first moment, last moment, whether any start is known
SELECT count(clock_waiting), avg(clock_waiting), count(*), min(least(begun, ready)), max(greatest(begun, ended)),
       count(started) > 0
FROM timed WHERE $activity_no IS NULL OR activity_no = $activity_no;
