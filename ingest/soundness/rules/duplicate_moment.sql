-- returns: activity instances that equal an earlier one of their case in activity and times, but not in all else
-- title: Same case, activity and time
-- why: Case, activity and times equal those of an earlier activity instance; something else, such as an attribute, differs.
-- severity: warning
-- of: activity instances
-- doubts: activity counts, variants, cost
-- advice: Items of one order look like this, and so do doubled rows. Drop them if they are doubled.
-- shows: text
SELECT NULL AS subject, t.case_no, t.position, coalesce(p.name, '') AS value, e.ended AS rank
FROM twin t JOIN event e USING (case_no, position) LEFT JOIN performer p USING (performer_no) WHERE NOT t.exact
