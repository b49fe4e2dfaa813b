-- returns: cases that the source says are not complete
-- title: Not complete
-- why: The source says that the case was still going on. Its cycle time is only what had passed by then.
-- severity: warning
-- of: cases
-- doubts: cycle time, throughput, variants
-- advice: Leave them out of cycle times; drop them if whole cases are wanted.
-- shows: text
SELECT NULL AS subject, case_no, NULL AS position, 'not complete' AS value, started AS rank FROM case_ WHERE NOT complete
