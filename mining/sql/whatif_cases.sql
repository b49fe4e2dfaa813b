-- returns: how many cases there are, and how many of them are complete and have times that can be believed
SELECT count(*) AS every, count(*) FILTER (state = 'complete' AND sound) AS complete FROM case_;
