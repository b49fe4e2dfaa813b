-- returns: cases to look at for each activity: one of each of its three most frequent variants, the most frequent first
WITH one AS (
    SELECT DISTINCT e.activity_no, c.variant_no, min(c.case_id) OVER (PARTITION BY e.activity_no, c.variant_no) AS case_id
    FROM event e JOIN case_ c USING (case_no)
)
SELECT a.name AS activity, one.case_id
FROM one JOIN activity a USING (activity_no) JOIN variant v USING (variant_no)
QUALIFY row_number() OVER (PARTITION BY one.activity_no ORDER BY v.cases DESC, one.variant_no) <= $most
ORDER BY a.name, v.cases DESC, one.variant_no;
