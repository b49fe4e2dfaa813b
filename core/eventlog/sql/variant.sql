-- returns: the distinct traces with their cases; an order-free combination of hashes tells traces apart without building them
-- One number is hashed for both: DuckDB combines the hashes of two arguments by exclusive or, and traces would collide.
CREATE TEMP TABLE signature AS
SELECT case_no, bit_xor(hash((position::BIGINT << 32) | activity_no)) AS trace_hash, count(*) AS length FROM event GROUP BY case_no;

CREATE TEMP TABLE numbered_variant AS
SELECT (row_number() OVER (ORDER BY count(*) DESC, min(case_no)) - 1)::INTEGER AS variant_no,
       trace_hash, length, count(*) AS cases, min(case_no) AS example_case_no
FROM signature GROUP BY trace_hash, length;

CREATE TABLE variant AS
SELECT v.variant_no,
       -- Sorted by the position in the upper half of the number: an aggregate with ORDER BY takes three times as long.
       list_transform(list_sort(list((e.position::BIGINT << 32) | e.activity_no)),
                      lambda step: (step & 4294967295)::INTEGER) AS trace,
       any_value(v.length)::INTEGER AS length, any_value(v.cases) AS cases
FROM numbered_variant v JOIN event e ON e.case_no = v.example_case_no
GROUP BY v.variant_no ORDER BY v.variant_no;
