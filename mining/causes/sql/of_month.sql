-- returns: the calendar month, in UTC, in which each case started; January is 1
SELECT case_no, month(started) AS value FROM marked_case
