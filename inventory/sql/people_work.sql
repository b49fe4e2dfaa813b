-- returns: for each activity what people (and performers of unknown kind) did of it: the sums over cases of its instances and
--   of their squares, the most in one case; how many instances have a service time and a cost, in how many cases; sums and
--   extremes of the costs of cases; the hundredths of the service times; and the seconds that the log covers
WITH done AS (
    SELECT activity_no, case_no, service, cost FROM event WHERE kind NOT IN ('agent', 'system')
), by_case AS (
    SELECT activity_no, count(*) AS n, count(service) AS timed, count(cost) AS costed, sum(cost) AS cost,
           min(cost) AS least
    FROM done GROUP BY activity_no, case_no
), summed AS (
    SELECT activity_no, sum(n) AS n, sum(n * n) AS squares, max(n) AS most, sum(timed) AS timed,
           count(*) FILTER (timed > 0) AS timed_cases, sum(costed) AS costed, sum(cost) AS cost,
           sum(cost * cost) AS cost_squares, max(cost) AS most_cost, min(least) AS least_cost
    FROM by_case GROUP BY activity_no
), times AS (
    SELECT activity_no, quantile_cont(service, [p / 100 FOR p IN range(101)]) AS hundredths
    FROM done WHERE service IS NOT NULL GROUP BY activity_no
), period AS (
    SELECT seconds_between(min(coalesce(started, ended)), max(ended)) AS seconds FROM event WHERE sound
)
SELECT a.name AS activity, s.n::DOUBLE, s.squares::DOUBLE, s.most::DOUBLE, s.timed::DOUBLE, s.timed_cases::DOUBLE,
       s.costed::DOUBLE, s.cost, s.cost_squares, s.most_cost, s.least_cost, t.hundredths, period.seconds
FROM summed s JOIN activity a USING (activity_no) LEFT JOIN times t USING (activity_no), period
ORDER BY a.activity_no
