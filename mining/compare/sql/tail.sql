-- returns: the moment after which a case had less time until the last event than 95 % of the complete cases took
SELECT max(ended) - to_microseconds((quantile_cont(cycle, 0.95) * 1e6)::BIGINT) FROM case_ WHERE sound;
