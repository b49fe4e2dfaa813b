-- returns: activity instances that start or end before 1971
-- title: Before 1971
-- why: 1 January 1970 and 1900 are what computers write where they have no date.
-- consequence: wrong
-- of: activity instances
-- doubts: cycle time, waiting time, service time, throughput, order and paths
-- advice: Ask what the source writes where it knows no date.
-- shows: text
-- drops: activity instances
SELECT NULL AS subject, case_no, position, least(started, ended) AS value, least(started, ended) AS rank
FROM event WHERE ended < TIMESTAMP '1971-01-01' OR started < TIMESTAMP '1971-01-01'
