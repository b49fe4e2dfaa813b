-- returns: the part and the cycle time in seconds of each complete case
SELECT part, seconds FROM binned WHERE seconds IS NOT NULL ORDER BY part;
