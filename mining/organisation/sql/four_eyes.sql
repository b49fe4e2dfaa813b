-- returns: for each pair of activities: cases with both by known performers, cases in which one performer did both
WITH pair AS (
    SELECT unnest($first)::VARCHAR AS first, unnest($second)::VARCHAR AS second
), done AS (
    SELECT DISTINCT case_no, performer_no, a.name
    FROM event JOIN activity a USING (activity_no)
    WHERE performer_no IS NOT NULL AND a.name IN (SELECT first FROM pair UNION SELECT second FROM pair)
)
SELECT first, second, count(DISTINCT d.case_no), count(DISTINCT d.case_no) FILTER (d.performer_no = e.performer_no)
FROM pair LEFT JOIN (done d JOIN done e ON e.case_no = d.case_no) ON d.name = first AND e.name = second
GROUP BY first, second ORDER BY 4 DESC, 3 DESC, first, second;
