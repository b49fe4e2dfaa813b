-- returns: the cases in which one performer did both $first and $second
SELECT DISTINCT a.case_no
FROM (SELECT case_no, performer_no FROM event WHERE activity_no = $first) a
JOIN (SELECT case_no, performer_no FROM event WHERE activity_no = $second) b
  ON a.case_no = b.case_no AND a.performer_no = b.performer_no
