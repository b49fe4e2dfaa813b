-- returns: of each activity the share of cases with it in each quarter of the cases, these in the order of their start
WITH cut AS (
    SELECT case_no, ntile(4) OVER (ORDER BY started, case_no) AS quarter FROM case_
), size AS (
    SELECT quarter, count(*) AS cases FROM cut GROUP BY quarter
), seen AS (
    SELECT activity_no, quarter, count(DISTINCT case_no) AS cases FROM event JOIN cut USING (case_no) GROUP BY ALL
)
SELECT a.name AS activity, list(coalesce(seen.cases, 0) / size.cases ORDER BY size.quarter) AS shares
FROM activity a CROSS JOIN size
LEFT JOIN seen ON seen.activity_no = a.activity_no AND seen.quarter = size.quarter
WHERE a.events > 0
GROUP BY a.name ORDER BY a.name;
