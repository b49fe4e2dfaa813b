-- returns: the table staged_case of a log that says neither when cases are due nor whether they are complete
CREATE TEMP TABLE staged_case AS
SELECT case_id, NULL::TIMESTAMP AS due, NULL::BOOLEAN AS complete, * EXCLUDE (case_id)
FROM case_value WHERE filled(case_id) IS NOT NULL;
DROP TABLE case_value;
