-- returns: for each case of the membership (case_no, value) the place, from 1, of its value among those that are wanted
SELECT case_no, list_position($wanted::VARCHAR[], value::VARCHAR) AS place FROM ({membership})
WHERE list_contains($wanted::VARCHAR[], value::VARCHAR);
