-- returns: cases that the source says are not complete
-- title: Not complete
-- why: The source says that the case was still going on. Its cycle time is only what had passed by then.
-- consequence: misleading
-- of: cases
-- doubts: cycle time, throughput, variants
-- advice: Leave them out of cycle times.
-- shows: text
-- drops: cases
SELECT NULL AS subject, case_no, NULL AS position, 'not complete' AS value, started AS rank FROM case_ WHERE NOT complete
