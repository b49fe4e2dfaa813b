-- returns: the different texts of the view spoken
SELECT DISTINCT word FROM spoken WHERE word IS NOT NULL;
