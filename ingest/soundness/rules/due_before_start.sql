-- returns: cases that are due before they start
-- title: Due before the start
-- why: The case is due before it starts, so that it cannot be in time.
-- consequence: misleading
-- of: cases with a due date
-- doubts: SLA adherence
-- advice: Check the column of the due date, and its day and month.
-- shows: text
SELECT NULL AS subject, case_no, NULL AS position, 'due ' || due AS value, due AS rank FROM case_ WHERE due < started
