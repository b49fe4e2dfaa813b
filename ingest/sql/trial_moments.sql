-- returns: in the table tried, every stamp of the view `stamped` with its moment in UTC, null where it is not understood
-- why: a table, because the stamps are looked at several times, and here they are read once
CREATE OR REPLACE TABLE tried AS
SELECT row_no, stamp, up_to_9999(moment) AS moment
FROM (SELECT row_no, stamp, utc_moment(stamp, $kind) AS moment FROM stamped WHERE stamp IS NOT NULL)
