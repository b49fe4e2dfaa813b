-- returns: the table variant of the table `variant_again`
SELECT v.variant_no, list(e.activity_no ORDER BY e.position) AS trace,
       any_value(v.length)::INTEGER AS length, any_value(v.cases) AS cases
FROM variant_again v JOIN event e ON e.case_no = v.example_case_no
GROUP BY v.variant_no
