-- returns: a generated event log, the same for the same number of cases; at most $shapes different ones
-- why: each case takes 14 possible steps in turn, skips some, repeats some, and swaps some with a neighbour; every
-- draw is a hash of (case, step, repetition), so that the log needs no random state and threads do not change it
CREATE TABLE staged AS
WITH drawn AS (
    SELECT c.case_no, s.step, r.round, hash(c.shape, s.step, r.round) AS draw
    FROM (SELECT case_no, case_no % $shapes AS shape FROM range($cases) c(case_no)) c, range(14) s(step), range(3) r(round)
    WHERE hash(c.shape, s.step, 'taken') % 100 < (CASE WHEN s.step % 3 = 0 THEN 97 ELSE 55 END)
      AND (r.round = 0 OR (s.step % 4 = 1 AND hash(c.shape, s.step, r.round, 'again') % 100 < 18))
), placed AS (
    SELECT *, (case_no * 61) % 31536000 + (step * 10000 + round * 7000 + draw % 9000) * 40 AS second FROM drawn
)
SELECT 'case ' || case_no AS case_id, 'Step ' || chr((65 + step)::INTEGER) AS activity,
       TIMESTAMP '2024-01-01' + to_seconds(second) AS started,
       TIMESTAMP '2024-01-01' + to_seconds(second + 60 + draw % 3600) AS ended,
       0::SMALLINT AS started_offset, 0::SMALLINT AS ended_offset,
       'performer ' || (draw % 200) AS performer, 'human' AS performer_kind, true AS simulated,
       NULL::VARCHAR AS system, NULL::DOUBLE AS cost, NULL::BOOLEAN AS failed,
       case_no * 64 + step * 4 + round AS source_row
FROM placed;
