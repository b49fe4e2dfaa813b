-- returns: the rows that can be paired, with their moment, in the table transition
CREATE OR REPLACE TEMP TABLE transition AS
SELECT row_no, case_text, activity_text, lower(trim(lifecycle_text)) AS transition, instance_text AS instance,
       end_moment(end_text) AS moment
FROM cells
WHERE case_text IS NOT NULL AND activity_text IS NOT NULL AND end_text IS NOT NULL;
