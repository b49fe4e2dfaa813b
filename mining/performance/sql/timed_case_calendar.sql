-- returns: a view `timed_case`: each case whose times can be believed, with its cycle time, null where it has none
CREATE OR REPLACE TEMP VIEW timed_case AS
SELECT case_no, started, ended, complete, state, events, cycle FROM case_ WHERE sound;
