-- returns: each variant: its number, trace, cases, marked cases, and a signature of the set of its cases
-- why: which activities, paths, starts and ends a case has follows from its variant, so one scan of the cases counts
-- them all; the exclusive or of hashes is the same for the same cases in any order
SELECT v.variant_no, v.trace, m.cases, m.marked, m.signature
FROM (SELECT variant_no, count(*) AS cases, count(*) FILTER (marked) AS marked, bit_xor(hash(case_no)) AS signature
      FROM marked_case GROUP BY variant_no) m
JOIN variant v USING (variant_no) ORDER BY m.cases DESC, v.variant_no;
