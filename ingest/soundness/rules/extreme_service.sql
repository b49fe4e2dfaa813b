-- returns: activity instances that took far longer than others of their activity
-- title: Far longer than its activity takes
-- why: The service time lies more than three interquartile ranges (on a logarithmic scale, Tukey's "far out") above the upper quartile of its own activity, of at least 20 instances.
-- consequence: misleading
-- of: activity instances with a start
-- doubts: service time, cost
-- advice: Work that was left open overnight looks like this. Read medians, not means.
-- shows: seconds
WITH own AS (
    SELECT activity_no, quantile_cont(ln(service + 1), [0.25, 0.75]) AS quartile
    FROM event WHERE service > 0 GROUP BY activity_no HAVING count(*) >= 20
)
SELECT NULL AS subject, case_no, position, service AS value, -service AS rank
FROM event JOIN own USING (activity_no)
WHERE service > 0 AND ln(service + 1) > quartile[2] + 3 * greatest(quartile[2] - quartile[1], ln(2))
