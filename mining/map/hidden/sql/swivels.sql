-- returns: stretches of cases that go to and fro between the same two systems at least three times (A, B, A, B), by pair:
-- the two systems, stretches, cases, changes, changes that a person or unknown performer did, of these the same performer
-- on both sides, cases with both systems, and cases as examples
-- why: instances in a row in one system are one visit; an instance without a system says nothing and is passed over
WITH placed AS (
    SELECT case_no, position, system_no, performer_no, kind, lag(system_no) OVER w AS before_no,
           lag(performer_no) OVER w AS performer_before
    FROM event WHERE system_no IS NOT NULL WINDOW w AS (PARTITION BY case_no ORDER BY position)
), change AS (
    SELECT *, least(system_no, before_no) AS one, greatest(system_no, before_no) AS other,
           row_number() OVER (PARTITION BY case_no ORDER BY position) AS n
    FROM placed WHERE system_no <> before_no
), island AS (
    SELECT *, n - row_number() OVER (PARTITION BY case_no, one, other ORDER BY position) AS stretch FROM change
), swivel AS (
    SELECT case_no, one, other, stretch, count(*) AS changes,
           count(*) FILTER (kind IN ('human', 'unknown')) AS by_hand,
           count(*) FILTER (kind IN ('human', 'unknown')
                            AND performer_no = performer_before) AS same
    FROM island
    GROUP BY ALL HAVING count(*) >= 3
), visited AS (
    SELECT DISTINCT case_no, system_no FROM placed
), met AS (
    SELECT a.system_no AS one, b.system_no AS other, count(*) AS cases
    FROM visited a JOIN visited b ON b.case_no = a.case_no AND b.system_no > a.system_no GROUP BY ALL
)
SELECT x.name, y.name, count(*), count(DISTINCT w.case_no), sum(changes)::BIGINT, sum(by_hand)::BIGINT,
       sum(same)::BIGINT, any_value(met.cases), list(DISTINCT c.case_id)
FROM swivel w JOIN met USING (one, other) JOIN case_ c ON c.case_no = w.case_no
JOIN system x ON x.system_no = one JOIN system y ON y.system_no = other
GROUP BY x.name, y.name ORDER BY count(DISTINCT w.case_no) DESC, x.name, y.name;
