-- returns: the weekday, in UTC, on which each case started; Monday is 1
SELECT case_no, isodow(started) AS value FROM marked_case
