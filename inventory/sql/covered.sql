-- returns: of the whole log the cases and the first and last end of an event
SELECT count(DISTINCT case_no) AS cases, min(ended) AS first, max(ended) AS last FROM event
