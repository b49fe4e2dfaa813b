-- returns: the cases with the identifiers in $cases
SELECT case_no FROM case_ WHERE case_id IN (SELECT unnest($cases))
