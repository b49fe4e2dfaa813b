-- returns: one row: the activity instances and the cases that go when every case of {hits} does
SELECT sum(c.events), count(*) FROM case_ c WHERE case_no IN (SELECT case_no FROM ({hits}));
