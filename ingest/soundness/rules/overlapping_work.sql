-- returns: activity instances that a performer began while another of theirs was under way
-- title: One performer, two things at once
-- why: A performer who is not known to be a system or an agent began this while an earlier activity instance of theirs was still under way.
-- consequence: misleading
-- of: activity instances with a start and a performer
-- doubts: service time, performers, cost
-- advice: Service times then hold waiting: take them as time in hand, not as effort.
-- shows: text
WITH work AS (
    SELECT case_no, position, p.name, started, ended,
           max(ended) OVER (PARTITION BY performer_no ORDER BY started, ended, case_no, position
                            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
    FROM event JOIN performer p USING (performer_no)
    WHERE started < ended AND p.kind NOT IN ('system', 'agent')
)
SELECT NULL AS subject, case_no, position, name AS value, started AS rank FROM work WHERE started < busy_until
