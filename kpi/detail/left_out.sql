-- returns: one row: cases; those that are open, of unknown state, failed, cancelled, and complete with times that cannot be true
SELECT count(*), count(*) FILTER (state = 'open'), count(*) FILTER (state = 'unknown'), count(*) FILTER (state = 'failed'),
       count(*) FILTER (state = 'cancelled'), count(*) FILTER (complete AND NOT sound)
FROM case_;
