-- returns: for pairs of activities, by who did the first of them first: cases, and how many of them have the other
-- why: what the case has, not what its owner did: a step that somebody else does for all but one colleague counts too;
-- the first instance of an activity in its case is the one that is no rework
WITH pair AS (
    SELECT x.activity_no, a.activity_no AS anchor_no, x.name AS activity, a.name AS anchor
    FROM (SELECT unnest($activities)::VARCHAR AS activity, unnest($anchors)::VARCHAR AS anchor) wanted
    JOIN activity x ON x.name = wanted.activity JOIN activity a ON a.name = wanted.anchor
), once AS (
    SELECT case_no, activity_no, performer_no, kind FROM event WHERE NOT repeated
), owned AS (
    SELECT case_no, activity_no AS anchor_no, performer_no
    FROM once SEMI JOIN pair ON pair.anchor_no = once.activity_no WHERE performer_no IS NOT NULL AND kind IN ('human', 'unknown')
), counted AS (
    SELECT pair.activity_no, anchor_no, owned.performer_no, count(*) AS cases, count(has.case_no) AS having
    FROM owned JOIN pair USING (anchor_no)
    LEFT JOIN once has ON has.case_no = owned.case_no AND has.activity_no = pair.activity_no
    GROUP BY ALL
)
SELECT pair.activity, pair.anchor, p.name, c.cases, c.having
FROM counted c JOIN pair USING (activity_no, anchor_no)
JOIN performer p ON p.performer_no = c.performer_no
ORDER BY ALL;
