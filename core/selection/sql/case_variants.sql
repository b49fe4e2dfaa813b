-- returns: the cases of the table `cases_now`, each with its variant
SELECT c.* REPLACE (v.variant_no AS variant_no)
FROM cases_now c JOIN trace_again t USING (case_no)
JOIN variant_again v ON v.trace_hash = t.trace_hash AND v.length = t.length
ORDER BY c.case_no
