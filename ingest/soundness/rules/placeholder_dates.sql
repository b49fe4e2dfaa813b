-- returns: activity instances that start or end before 1971
-- title: Before 1971
-- why: 1 January 1970 and 1900 are what computers write where they have no date.
-- severity: serious
-- of: activity instances
-- doubts: cycle time, waiting time, service time, throughput, order and paths
-- advice: Drop these activity instances, or their cases.
-- shows: text
SELECT NULL AS subject, case_no, position, least(started, ended) AS value, least(started, ended) AS rank
FROM event WHERE ended < TIMESTAMP '1971-01-01' OR started < TIMESTAMP '1971-01-01'
