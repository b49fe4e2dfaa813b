-- returns: a view `timed_case`: each case with its cycle time, null where it is open or was seen at one moment only
CREATE OR REPLACE TEMP VIEW timed_case AS
SELECT c.case_no, c.started, c.ended, c.complete, c.events,
       CASE WHEN c.complete AND u.case_no IS NULL THEN (epoch_us(c.ended) - epoch_us(c.started)) / 1e6 END AS cycle
FROM case_ c LEFT JOIN (
    SELECT case_no FROM case_ JOIN event USING (case_no) WHERE case_.events = 1 AND event.started IS NULL
) u USING (case_no);
