-- returns: rows of cases with one activity instance
SELECT source_row FROM staged QUALIFY count(*) OVER (PARTITION BY case_id) = 1
