-- returns: the distinct traces of the table `trace_again`: number, hash, length, cases, and one case of each
SELECT (row_number() OVER (ORDER BY count(*) DESC, min(case_no)) - 1)::INTEGER AS variant_no,
       trace_hash, length, count(*) AS cases, min(case_no) AS example_case_no
FROM trace_again GROUP BY trace_hash, length
