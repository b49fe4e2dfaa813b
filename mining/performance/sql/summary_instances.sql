-- returns: one row: instances; then count, mean, median, 95th percentile and total of waiting and of service time
SELECT count(*),
       count(waiting), avg(waiting), quantile_cont(waiting, 0.5), quantile_cont(waiting, 0.95), sum(waiting),
       count(service), avg(service), quantile_cont(service, 0.5), quantile_cont(service, 0.95), sum(service)
FROM timed;
