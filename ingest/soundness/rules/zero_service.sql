-- returns: activity instances of no length that no system or agent is known to have done
-- title: Work of no length
-- why: Start and end are the same moment, and it is not known to be the work of a system or an agent. People's work takes time: one of the two was copied.
-- consequence: misleading
-- of: activity instances with a start
-- doubts: service time, cost
-- advice: Say which performers are systems when importing; where people did it, read service times as lower bounds.
-- shows: text
SELECT NULL AS subject, case_no, position, coalesce(p.name, 'performer unknown') AS value, e.ended AS rank
FROM event e LEFT JOIN performer p USING (performer_no)
WHERE e.service = 0 AND coalesce(p.kind, 'unknown') NOT IN ('system', 'agent')
