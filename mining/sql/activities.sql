-- returns: the activities by falling frequency: name, activity instances, cases
SELECT name, events, cases FROM activity ORDER BY events DESC, name;
