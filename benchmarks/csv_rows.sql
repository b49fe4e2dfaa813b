-- returns: the rows of a generated event log as a file of text has them, the same for the same number of cases
-- why: an order-to-cash process with loops; every draw is a hash, so that threads do not change it
WITH drawn AS (
    SELECT c.case_no, s.step, r.round, hash(c.case_no * 64 + s.step * 4 + r.round) AS draw
    FROM range($cases) c(case_no), range(14) s(step), range(3) r(round)
    WHERE hash(c.case_no * 64 + s.step * 4) % 100 < (CASE WHEN s.step % 3 = 0 THEN 97 ELSE 55 END)
      AND (r.round = 0 OR (s.step % 4 = 1 AND hash(c.case_no * 64 + s.step * 4 + r.round + 1000) % 100 < 18))
), placed AS (
    SELECT *, TIMESTAMP '2024-01-01'
              + to_seconds(((case_no * 61) % 31536000 + (step * 10000 + round * 7000 + draw % 9000) * 40)::BIGINT)
           AS started
    FROM drawn
)
SELECT 'SO-' || lpad((100000 + case_no)::VARCHAR, 8, '0') AS case_id,
       ['Create order', 'Check credit', 'Confirm order', 'Pick goods', 'Pack goods', 'Post goods issue', 'Ship goods',
        'Deliver goods', 'Create invoice', 'Send invoice', 'Remind customer', 'Receive payment', 'Clear invoice',
        'Archive order'][step + 1] AS activity,
       strftime(started, $written) AS start_time,
       strftime(started + to_seconds((60 + draw % 3600)::BIGINT), $written) AS end_time,
       'user' || lpad((draw % 200)::VARCHAR, 4, '0') AS performer,
       ((draw >> 8) % 10000 / 100)::DECIMAL(9, 2) AS cost,
       ['phone', 'mail', 'portal', 'edi'][((draw >> 16) % 4 + 1)::INTEGER] AS channel,
       ['north', 'south', 'east', 'west', 'overseas'][(hash(case_no) % 5 + 1)::INTEGER] AS region
FROM placed
