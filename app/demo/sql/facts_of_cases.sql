-- returns: the further attributes of some cases
SELECT * FROM case_attribute WHERE case_no IN (SELECT unnest($cases::INTEGER[]))
