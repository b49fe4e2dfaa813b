-- returns: the activities that cases start and end with: side ('start' or 'end'), activity, cases
WITH boundary AS (
    SELECT 'start' AS side, trace[1] AS activity_no, cases FROM variant
    UNION ALL
    SELECT 'end', trace[-1], cases FROM variant
)
SELECT side, name, sum(boundary.cases)::BIGINT AS cases
FROM boundary JOIN activity USING (activity_no)
GROUP BY side, name ORDER BY side, cases DESC, name;
