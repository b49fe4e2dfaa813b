-- returns: the texts of the view `spoken` that mean that a value is missing, each with the number of its rows
-- why: every different text is compared once, where `is_missing` on every row takes ten times as long
SELECT cell, times FROM (
    SELECT cell, count(*) AS times FROM spoken
    WHERE strlen(cell) <= 24 AND NOT (cell >= '0' AND cell < ':') GROUP BY cell
) SEMI JOIN missing_word ON missing_key(cell) = word;
