-- returns: the cases that are looked at: number, variant, cycle time in seconds (null where the case is open), marked
SELECT case_no, variant_no, seconds, marked FROM marked_case ORDER BY case_no;
