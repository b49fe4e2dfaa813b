-- returns: part, activity, cases with it
WITH within AS (SELECT DISTINCT variant_no, unnest(trace) AS activity_no FROM variant),
counted AS (SELECT part, variant_no, count(*) AS cases FROM binned GROUP BY ALL)
SELECT part, activity.name AS what, sum(counted.cases)::BIGINT AS cases
FROM counted JOIN within USING (variant_no) JOIN activity USING (activity_no) GROUP BY ALL;
