-- returns: the cases of the view `event` with their times and counts taken from it
SELECT case_no, c.case_id, NULL::INTEGER AS variant_no, n.started, n.ended, n.events, c.due, c.complete
FROM (SELECT case_no, min(coalesce(started, ended)) AS started, max(ended) AS ended, count(*)::INTEGER AS events
      FROM event GROUP BY case_no) n
JOIN stored.case_ c USING (case_no)
