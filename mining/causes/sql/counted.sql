-- returns: each value of the membership (case_no, value), once a case: value, as text, cases, marked cases, signature
-- why: values that too few cases have, or too few lack, cannot tell anything and are dropped here
SELECT value, value::VARCHAR AS text, count(*) AS cases, count(*) FILTER (marked) AS marked,
       bit_xor(hash(case_no)) AS signature
FROM ({membership}) JOIN marked_case USING (case_no)
GROUP BY value HAVING count(*) BETWEEN $least AND $most ORDER BY cases DESC, text;
