-- returns: cases whose name differs from that of another only by capitals or blanks
-- title: Cases with nearly one name
-- why: The case's name differs from that of an earlier case only by capitals or blanks: one case may be stored as two.
-- consequence: misleading
-- of: cases
-- doubts: cycle time, variants, throughput
-- advice: Mend the names in the source and import again.
-- shows: text
SELECT NULL AS subject, case_no, NULL AS position, 'like “' || other || '”' AS value, case_no AS rank
FROM (SELECT case_no, case_id, first_value(case_id) OVER (PARTITION BY lower(trim(case_id)) ORDER BY case_no) AS other
      FROM case_)
WHERE case_id <> other
