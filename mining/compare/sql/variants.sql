-- returns: the traces as activity names with their cases
WITH names AS (SELECT map(list(activity_no), list(name)) AS of FROM activity)
SELECT list_transform(trace, no -> names.of[no]) AS trace, cases FROM variant, names;
