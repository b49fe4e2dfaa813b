-- returns: the further attributes of the first event of some cases
SELECT * EXCLUDE (position) FROM event_attribute
WHERE position = 1 AND case_no IN (SELECT unnest($cases::INTEGER[]))
