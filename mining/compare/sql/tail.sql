-- returns: the moment after which a case had less time until the last event than 95 % of the complete cases took
SELECT max(ended) - to_microseconds(CAST(quantile_cont(epoch_us(ended) - epoch_us(started), 0.95)
       FILTER (complete) AS BIGINT)) FROM case_;
