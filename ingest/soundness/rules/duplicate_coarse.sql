-- returns: activity instances that equal an earlier one of their case in activity and times, told to the minute or the day
-- title: Equal, but to the minute or day only
-- why: Case, activity and times equal those of an earlier activity instance, but nine in ten ends of this activity are whole minutes, hours or days, and no time passes between start and end: two things done within the minute look the same.
-- consequence: worth knowing
-- of: activity instances
-- doubts: activity counts
-- advice: Nothing, unless the source is known to double its rows. Ask for times with seconds.
-- shows: text
SELECT NULL AS subject, t.case_no, t.position, coalesce(p.name, '') AS value, e.ended AS rank
FROM twin t JOIN event e USING (case_no, position) LEFT JOIN performer p USING (performer_no) WHERE t.coarse
