-- returns: the most frequent outcomes that are no known words, and how many rows have each
SELECT outcome_text, count(*) AS times FROM cells
WHERE outcome_text IS NOT NULL AND getvariable('outcome_words')[outcome_text] IS NULL
GROUP BY outcome_text ORDER BY times DESC, outcome_text LIMIT $most;
