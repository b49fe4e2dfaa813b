-- returns: a generated event log of $cases cases with $length activity instances each over $activities activities
-- why: nine of ten activities come in turn, the tenth is drawn; every draw is a hash of (case, place), so that the log
-- needs no random state; half of the cases take twice as long
CREATE TABLE staged AS
WITH drawn AS (
    SELECT c.case_no, p.place, hash(c.case_no, p.place) AS draw
    FROM range($cases) c(case_no), range($length) p(place)
), named AS (
    SELECT *, CASE WHEN draw % 10 = 0 THEN hash(draw) % $activities ELSE place % $activities END AS number,
           case_no * 3600 + place * 60 * (1 + case_no % 2) + draw % 30 AS second
    FROM drawn
)
SELECT 'case ' || case_no AS case_id, 'a' || lpad(number::VARCHAR, 2, '0') AS activity, NULL::TIMESTAMP AS started,
       TIMESTAMP '2024-01-01' + to_seconds(second) AS ended, NULL::SMALLINT AS started_offset,
       0::SMALLINT AS ended_offset, 'performer ' || (draw % 9) AS performer, 'human' AS performer_kind,
       true AS simulated, NULL::VARCHAR AS system, NULL::DOUBLE AS cost, NULL::BOOLEAN AS failed,
       case_no * $length + place AS source_row
FROM named;
