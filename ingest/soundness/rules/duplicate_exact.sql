-- returns: activity instances that equal an earlier one of their case in everything
-- title: The same twice
-- why: Case, activity, times, performer, system, cost, outcome and every attribute equal those of an earlier activity instance.
-- consequence: wrong
-- of: activity instances
-- doubts: activity counts, variants, order and paths, cost, throughput
-- advice: Ask whether the source really does the same thing twice in one moment.
-- shows: text
-- drops: activity instances
-- gone: SELECT case_no FROM twin WHERE exact
SELECT NULL AS subject, t.case_no, t.position, coalesce(p.name, '') AS value, e.ended AS rank
FROM twin t JOIN event e USING (case_no, position) LEFT JOIN performer p USING (performer_no) WHERE t.exact AND NOT t.coarse
