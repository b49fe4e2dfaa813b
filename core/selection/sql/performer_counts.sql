-- returns: the tables performer and system with the counts of what is selected
CREATE OR REPLACE TEMP TABLE performer AS
SELECT performer_no, p.name, p.kind, p.simulated, n.events, p.mixed
FROM (SELECT performer_no, count(*) AS events FROM event WHERE performer_no IS NOT NULL GROUP BY 1) n
JOIN stored.performer p USING (performer_no) ORDER BY events DESC, name;
CREATE OR REPLACE TEMP TABLE system AS
SELECT system_no, s.name, n.events
FROM (SELECT system_no, count(*) AS events FROM event WHERE system_no IS NOT NULL GROUP BY 1) n
JOIN stored.system s USING (system_no) ORDER BY events DESC, name
