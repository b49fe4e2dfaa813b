-- returns: the texts of the view `spoken` that mean that a value is missing, each with the number of its rows
-- why: a join with every spelling of every word looks at a text once, where `is_missing` compares it with every word; none
--   is longer than 18 bytes, and a stamp is
SELECT cell, count(*) FROM spoken SEMI JOIN missing_spelling ON cell = spelling
WHERE strlen(cell) <= 18 AND NOT (cell >= '0' AND cell < ':') GROUP BY cell;
