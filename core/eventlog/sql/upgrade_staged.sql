-- returns: the table staged of a stored version of the first form: as much of it as the bounds and dictionaries are made from
CREATE TEMP TABLE staged AS
SELECT c.case_id, e.started, e.ended, e.source_row, p.kind AS performer_kind
FROM event e JOIN case_ c USING (case_no) LEFT JOIN performer p USING (performer_no);
