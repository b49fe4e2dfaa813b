-- returns: nothing; the staged cases with the latest start that has no end
ALTER TABLE staged_case ADD COLUMN going_on TIMESTAMP;
UPDATE staged_case SET going_on = begun_only.since FROM begun_only WHERE begun_only.case_id = staged_case.case_id;
DROP TABLE begun_only;
