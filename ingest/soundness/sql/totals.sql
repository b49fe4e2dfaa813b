-- returns: one row: how many there are of everything that findings are shares of
SELECT count(*) AS activity_instances, count(started) AS activity_instances_with_a_start,
       count(*) FILTER (started IS NOT NULL AND performer_no IS NOT NULL)
           AS activity_instances_with_a_start_and_a_performer,
       count(cost) AS costs, count(previous_activity_no) AS neighbouring_activity_instances,
       (SELECT count(*) FROM case_) AS cases, (SELECT count(due) FROM case_) AS cases_with_a_due_date,
       (SELECT count(*) FROM activity) AS activities, (SELECT count(*) FROM performer) AS performers,
       (SELECT count(*) FROM activity) + (SELECT count(*) FROM performer) + (SELECT count(*) FROM system) AS labels,
       count(DISTINCT ended::DATE) AS days_with_work
FROM event;
