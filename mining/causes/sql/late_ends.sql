-- returns: of each activity that marked cases end with: its number, how many do, and in how many that end lies after the
--   moment at which the mark was decided
SELECT activity_no AS thing, count(*) AS cases, count(*) FILTER (ended > decided) AS late
FROM (SELECT e.case_no, arg_max(e.activity_no, e.position) AS activity_no, max(e.ended) AS ended,
             any_value(d.decided) AS decided
      FROM event e JOIN decided d USING (case_no) GROUP BY e.case_no)
GROUP BY thing;
