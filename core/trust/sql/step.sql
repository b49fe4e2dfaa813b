-- returns: the table step: activity instances that only the order in the source tells from the one before (tied),
-- and those that stand in the source after one that both began and ended later (late)
CREATE OR REPLACE TEMP TABLE step AS
WITH looked AS (
    SELECT case_no, position, activity_no, coalesce(started, ended) AS began, ended, source_row,
           lag(activity_no) OVER placed AS activity_before, lag(coalesce(started, ended)) OVER placed AS began_before,
           lag(ended) OVER placed AS ended_before,
           max(coalesce(started, ended)) OVER read AS began_latest, max(ended) OVER read AS ended_latest
    FROM event
    WINDOW placed AS (PARTITION BY case_no ORDER BY position),
           read AS (PARTITION BY case_no ORDER BY source_row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT case_no, position,
       coalesce(began = began_before AND ended = ended_before AND activity_no <> activity_before, false) AS tied,
       coalesce(began < began_latest AND ended < ended_latest, false) AS late
FROM looked
WHERE tied OR late;
