-- returns: who does the first and who the last activity instance of cases, null where that is not known: side ('start' or
-- 'end'), name, cases
WITH boundary AS (
    SELECT 'start' AS side, performer_no, kind, system_no FROM event WHERE position = 1
    UNION ALL
    SELECT 'end', e.performer_no, e.kind, e.system_no
    FROM event e JOIN case_ c ON c.case_no = e.case_no AND c.events = e.position
)
SELECT side, CASE $by WHEN 'performer' THEN p.name WHEN 'kind' THEN CASE WHEN performer_no IS NOT NULL OR boundary.kind <> 'unknown' THEN boundary.kind::VARCHAR END
            ELSE s.name END AS name, count(*)
FROM boundary LEFT JOIN performer p USING (performer_no) LEFT JOIN system s USING (system_no)
GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2;
