-- returns: the cases with the longest of the gaps of one path that last at least so many seconds
SELECT case_id FROM (
    SELECT e.case_no, max(waiting) AS waiting
    FROM event e JOIN activity s ON s.activity_no = previous_activity_no
    JOIN activity t ON t.activity_no = e.activity_no
    WHERE s.name = $source AND t.name = $target AND waiting >= $least GROUP BY e.case_no
) JOIN case_ USING (case_no) ORDER BY waiting DESC, case_id LIMIT $most;
