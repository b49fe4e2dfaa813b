-- returns: a sample of the staged activity instances that is the same whenever it is drawn again
SELECT case_id, activity, started, ended, performer, performer_kind, cost, source_row
FROM staged ORDER BY hash(source_row) LIMIT $most;
