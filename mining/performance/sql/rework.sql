-- returns: for each activity with rework: activity, rework instances, their cases, all instances; of the rework: total
--   service and how many have one, total waiting, total cost and how many have one
WITH repeats AS (
    SELECT activity_no, case_no, count(*) FILTER (repeated) AS n, count(*) AS instances,
           sum(service) FILTER (repeated) AS service, count(service) FILTER (repeated) AS serviced,
           sum(waiting) FILTER (repeated) AS waiting,
           sum(cost) FILTER (repeated) AS cost, count(cost) FILTER (repeated) AS costed
    FROM timed GROUP BY activity_no, case_no
)
SELECT activity_no, sum(n)::BIGINT AS rework, count(*) FILTER (n > 0), sum(instances)::BIGINT,
       sum(service), sum(serviced)::BIGINT, sum(waiting), sum(cost), sum(costed)::BIGINT
FROM repeats GROUP BY activity_no HAVING sum(n) > 0 ORDER BY rework DESC, activity_no;
