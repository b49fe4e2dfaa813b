-- returns: activity instances that start or end after the log was stored
-- title: In the future
-- why: It happens after the moment at which this version was stored, so it was planned or mistyped, not observed.
-- consequence: wrong
-- of: activity instances
-- doubts: cycle time, waiting time, throughput, order and paths
-- advice: Ask whether they were only planned: what was not done does not belong in an event log.
-- shows: text
-- drops: activity instances
SELECT NULL AS subject, case_no, position, greatest(started, ended) AS value, greatest(started, ended) AS rank
FROM event WHERE ended > getvariable('stored_at') OR started > getvariable('stored_at')
