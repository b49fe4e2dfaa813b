-- returns: how many stamps of the first rows quick_moment does not read
SELECT count(end_text) - count(quick_moment(end_text)) + count(start_text) - count(quick_moment(start_text))
FROM (FROM cells LIMIT 2000);
