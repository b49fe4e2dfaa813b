-- returns: one row: the shares of activity instances with a start, a cost, a performer, a system and an offset
SELECT count(started) / count(*), count(cost) / count(*), count(performer_no) / count(*), count(system_no) / count(*),
       count(ended_offset) / count(*)
FROM event;
