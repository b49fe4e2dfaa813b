-- returns: cases whose first `$anchor` one of `$performers` did and that have (or have not) `$activity`
WITH owned AS (
    SELECT case_no, arg_min(performer_no, position) AS performer_no
    FROM event JOIN activity a USING (activity_no) WHERE a.name = $anchor AND performer_no IS NOT NULL GROUP BY case_no
)
SELECT case_id FROM owned JOIN performer p USING (performer_no) JOIN case_ c USING (case_no)
WHERE p.name IN (SELECT unnest($performers)) AND $with = EXISTS (
    SELECT 1 FROM event e JOIN activity x USING (activity_no) WHERE e.case_no = c.case_no AND x.name = $activity
)
ORDER BY c.started, case_id LIMIT $most;
