"""Rules in CEL: what they see, what they say, and what they say when they cannot."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from core.errors import BadInput
from orchestrator.machine.rules import RunFacts, compiled

CONTEXT = {"amount": 5000.5, "lines": [{"qty": 2}, {"qty": 9}], "scenario": {"0.1": [0, 1]}}
ANSWERS = {"Check stock": {"decision": "enough"}}


def holds(rule: str) -> bool:
    """Whether `rule` is true at a node that was entered twice."""
    return RunFacts(CONTEXT, ANSWERS).hold(rule, visits=2)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("context.amount > 5000", True),
        ("context.amount > 5000.5", False),
        ('answers["Check stock"].decision == "enough"', True),
        ("has(context.vendor)", False),
        ('has(context.scenario) && "0.1" in context.scenario && context.scenario["0.1"][visits - 1] == 1', True),
        ("context.lines.exists(line, line.qty > 8) && rounds == 0", True),
        ("type(context.amount) == double", True),
    ],
)
def test_a_rule_over_facts(rule: str, expected: bool) -> None:
    assert holds(rule) is expected


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("context.vendor == 'V1'", "needs `vendor`, which is not there"),
        ("context.scenario['0.1'][7] == 1", "cannot be evaluated: index out of bounds: 7"),
        ("context.amount + 'x' == 'y'", "cannot be evaluated: Unsupported operation: float + string"),
        ("visits / rounds == 1", "cannot be evaluated: division by zero"),
        ("context.amount", "gives `5000.5`; a rule must give true or false"),
        ("context.amount >", "is not a CEL expression: 1:17: Syntax error"),
        ("amount > 5", "uses `amount`; a rule can use `answers`, `context`, `rounds`, `visits`"),
        ("shell('x')", "cannot be evaluated: Undefined variable or function"),
    ],
)
def test_a_rule_that_cannot_be_used_says_why(rule: str, message: str) -> None:
    with pytest.raises(BadInput) as failure:
        holds(rule)
    assert message in str(failure.value)


def test_a_compiled_rule_can_be_shared_by_threads() -> None:
    compiled("visits == 2")
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(lambda _: holds("visits == 2"), range(200)))


def test_the_same_facts_can_be_asked_at_another_visit() -> None:
    facts = RunFacts(CONTEXT, {})
    assert [facts.hold("visits == 2 && rounds == 1", visits=v, rounds=1) for v in (1, 2, 3)] == [False, True, False]
