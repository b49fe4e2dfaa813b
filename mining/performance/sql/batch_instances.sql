-- returns: for each activity, how many of its instances could stand in a batch: performer and arrival are known
SELECT activity_no, count(*) FROM timed WHERE performer_no IS NOT NULL AND clock_waiting IS NOT NULL GROUP BY activity_no;
