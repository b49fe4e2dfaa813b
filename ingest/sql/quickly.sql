-- returns: how many stamps of the first rows usual_moment does not read, and how many quick_moment does not
SELECT count(end_text) - count(usual_moment(end_text)) + count(start_text) - count(usual_moment(start_text)),
       count(end_text) - count(quick_moment(end_text)) + count(start_text) - count(quick_moment(start_text))
FROM (FROM cells LIMIT 2000);
