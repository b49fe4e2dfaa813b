-- returns: part, activity, cases that start with it
WITH counted AS (SELECT part, variant_no, count(*) AS cases FROM binned GROUP BY ALL)
SELECT part, activity.name AS what, sum(counted.cases)::BIGINT AS cases
FROM counted JOIN variant USING (variant_no) JOIN activity ON activity_no = trace[1] GROUP BY ALL;
