-- returns: a sample of the staged activity instances that is the same whenever it is drawn again
SELECT case_id, activity, started, ended, performer, performer_kind, cost, source_row
FROM staged WHERE hash(source_row) % greatest(1, (SELECT count(*) FROM staged) // $most)::UBIGINT = 0 LIMIT $most;
