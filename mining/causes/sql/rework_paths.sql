-- returns: the paths on which every step comes to an activity that was in the case before
SELECT s.name, t.name FROM (
    SELECT previous_activity_no, activity_no FROM event WHERE previous_activity_no IS NOT NULL
    GROUP BY ALL HAVING bool_and(repeated)
) p JOIN activity s ON s.activity_no = p.previous_activity_no JOIN activity t ON t.activity_no = p.activity_no;
