-- returns: the table activity with the counts of what is selected; an activity that is not selected any more is left out
CREATE OR REPLACE TEMP TABLE activity AS
SELECT activity_no, a.name, n.events, n.cases
FROM (SELECT activity_no, count(*) AS events, count(*) FILTER (WHERE NOT repeated) AS cases FROM event GROUP BY 1) n
JOIN named_activity a USING (activity_no) ORDER BY events DESC, name
