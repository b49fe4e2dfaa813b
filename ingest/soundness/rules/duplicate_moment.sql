-- returns: activity instances that equal an earlier one of their case in activity and times, but not in all else
-- title: Same case, activity and time
-- why: Case, activity and times equal those of an earlier activity instance; something else, such as an attribute, differs.
-- consequence: misleading
-- of: activity instances
-- doubts: activity counts, variants, cost
-- advice: Items of one order look like this, and so do doubled rows: find out which.
-- shows: text
-- drops: activity instances
-- gone: SELECT case_no FROM twin
SELECT NULL AS subject, t.case_no, t.position, coalesce(p.name, '') AS value, e.ended AS rank
FROM twin t JOIN event e USING (case_no, position) LEFT JOIN performer p USING (performer_no) WHERE NOT t.exact AND NOT t.coarse
