-- returns: activity instances with a cost below zero
-- title: Costs below zero
-- why: A cost below zero lowers every sum that it is in.
-- consequence: misleading
-- of: costs
-- doubts: cost
-- advice: Right for credits and corrections; else mend the source.
-- shows: text
SELECT NULL AS subject, case_no, position, cost AS value, cost AS rank FROM event WHERE cost < 0
