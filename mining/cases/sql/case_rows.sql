-- returns: the cases on one page of a list: identifier, start, end, cycle time (null where it has none), activity instances, waiting and service
-- in seconds, rework, performers, cost, last activity, whether complete, variant digest; and how many cases there are
-- why: the page is cut by what stands in `case_` where it can be, and only its cases are then looked up in the events
WITH measured AS (
    SELECT case_no, case_id, variant_no, started, ended, events, complete,
           cycle AS cycle_time
    FROM case_ WHERE $search = '' OR contains(lower(case_id), lower($search))
), page AS (
    SELECT *, count(*) OVER () AS all_cases FROM measured
    ORDER BY CASE WHEN $descending THEN NULL ELSE CASE $by WHEN 'cycle_time' THEN cycle_time WHEN 'events' THEN events
                  WHEN 'ended' THEN epoch(ended) ELSE epoch(started) END END ASC NULLS LAST,
             CASE WHEN $descending THEN CASE $by WHEN 'cycle_time' THEN cycle_time WHEN 'events' THEN events
                  WHEN 'ended' THEN epoch(ended) ELSE epoch(started) END END DESC NULLS LAST,
             case_no
    LIMIT $limit OFFSET $offset
), summed AS (
    SELECT case_no, sum(waiting) AS waiting, sum(service) AS service, sum(cost) AS cost,
           count(*) FILTER (WHERE repeated) AS rework, count(DISTINCT performer_no) AS performers,
           arg_max(activity_no, position) AS last_no
    FROM event WHERE case_no IN (SELECT case_no FROM page) GROUP BY case_no
), names AS (SELECT map(list(activity_no), list(name)) AS of FROM activity)
SELECT case_id, started, ended, cycle_time, events, waiting, service, rework, performers, cost,
       names.of[last_no], complete,
       left(md5(array_to_string(list_transform(variant.trace, no -> names.of[no]), chr(31))), 12), all_cases
FROM page JOIN summed USING (case_no) JOIN variant USING (variant_no), names
ORDER BY CASE WHEN $descending THEN NULL ELSE CASE $by WHEN 'cycle_time' THEN cycle_time WHEN 'events' THEN events
              WHEN 'ended' THEN epoch(ended) ELSE epoch(started) END END ASC NULLS LAST,
         CASE WHEN $descending THEN CASE $by WHEN 'cycle_time' THEN cycle_time WHEN 'events' THEN events
              WHEN 'ended' THEN epoch(ended) ELSE epoch(started) END END DESC NULLS LAST,
         case_no
