-- returns: how many values of cost, outcome, performer kind, case completeness and due date could not be understood
SELECT count(cost_text) - count(cost_of(cost_text)),
       count(outcome_text) - count(getvariable('outcome_words')[outcome_text]),
       count(performer_kind_text) - count(getvariable('kind_words')[performer_kind_text]),
       count(complete_text) - count(getvariable('complete_words')[complete_text]),
       count(due_text) - count(due_moment(due_text))
FROM cells;
