-- returns: the cases of each of the wanted values of the membership (case_no, value)
SELECT case_no, value::VARCHAR AS value FROM ({membership}) JOIN marked_case USING (case_no)
WHERE value::VARCHAR IN (SELECT unnest($wanted::VARCHAR[]));
