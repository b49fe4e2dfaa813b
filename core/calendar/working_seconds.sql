-- returns: a macro: seconds of working time between two UTC timestamps, 0 where the second is not after the first
-- why: no greatest() over the whole, which would pass over a null and say 0
CREATE OR REPLACE TEMP MACRO working_seconds(first_moment, last_moment) AS
    CASE WHEN last_moment <= first_moment THEN 0.0
         ELSE (worked_until(epoch_us(last_moment)) - worked_until(epoch_us(first_moment))) / 1e6 END;
