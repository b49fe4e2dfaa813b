-- returns: activity instances that may stand in a batch: activity, performer, case, and in microseconds: ready, begun,
--   ended; by activity, performer and begin
-- why: only neighbours can be in one batch, so those without a neighbour in reach are left out here, at scale
WITH known AS (
    SELECT activity_no, performer_no, case_no, epoch_us(ready) AS ready, epoch_us(begun) AS begun, epoch_us(ended) AS ended
    FROM timed WHERE performer_no IS NOT NULL AND clock_waiting IS NOT NULL
), near AS (
    SELECT *, begun <= max(ended) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) + $window_us
              AND ready <= lag(begun) OVER w AS follows
    FROM known WINDOW w AS (PARTITION BY activity_no, performer_no ORDER BY begun, ended, ready, case_no)
), reach AS (
    SELECT *, coalesce(follows, false) OR coalesce(lead(follows) OVER w, false) AS near
    FROM near WINDOW w AS (PARTITION BY activity_no, performer_no ORDER BY begun, ended, ready, case_no)
)
SELECT activity_no, performer_no, case_no, ready, begun, ended FROM reach WHERE near
ORDER BY activity_no, performer_no, begun, ended, ready, case_no;
