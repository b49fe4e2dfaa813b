-- returns: a macro: microseconds of working time from the calendar's first day to `us`, microseconds since 1970
CREATE OR REPLACE TEMP MACRO worked_until(us) AS
    worked_on((SELECT d FROM calendar_list), us // $day - $first, us % $day);
