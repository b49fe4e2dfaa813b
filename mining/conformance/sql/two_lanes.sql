-- returns: activity, its lane, the activity before it, that one's lane, case: one performer did work of two lanes
-- why: of each later activity instance, the first earlier one by the same performer in another lane is named
WITH lane AS (SELECT unnest($activities) AS name, unnest($lanes) AS lane),
done AS (
    SELECT e.case_no, e.position, e.performer_no, lane.name, lane.lane
    FROM event e JOIN activity a USING (activity_no) JOIN lane ON lane.name = a.name
    WHERE e.performer_no IS NOT NULL
)
SELECT DISTINCT later.name AS activity, later.lane, arg_min(earlier.name, earlier.position) AS other,
       arg_min(earlier.lane, earlier.position) AS other_lane, later.case_no
FROM done later JOIN done earlier
  ON later.case_no = earlier.case_no AND later.performer_no = earlier.performer_no
 AND earlier.position < later.position AND earlier.lane <> later.lane
GROUP BY later.case_no, later.position, later.name, later.lane
ORDER BY ALL;
