-- returns: a view `timed`: as in calendar time, but with the working time of a business calendar
-- why: as a table, since several queries ask for it, each for all rows
CREATE OR REPLACE TEMP TABLE worked_event AS
SELECT * REPLACE (working_seconds(ready, begun) AS waiting, working_seconds(started, ended) AS service) FROM timed;
CREATE OR REPLACE TEMP VIEW timed AS FROM worked_event;
