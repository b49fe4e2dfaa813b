"""A rule once held the database's write lock for seconds: no rule that is accepted may take long, whatever it reads."""

from __future__ import annotations

import contextlib
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.tree import Operator
from orchestrator.machine.deciding import Situation, decide
from orchestrator.machine.rules import RunFacts, compiled
from orchestrator.machine.values import DecidedBy, DecisionSpec
from tests.orchestrator.running import choice, task

TENS = "[" + ",".join(map(str, range(10))) + "]"
NESTED = "".join(f"{TENS}.all({v}, " for v in "abcdef") + "a + b + c + d + e + f >= 0" + ")" * 6
MOST_SECONDS = 0.05  # of processor time


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (NESTED, "inside"),
        ("context.a.map(x, context.b.filter(y, y > x)).size() > 0", "`filter` inside `map`"),
        ("1 == 1 || " + "true || " * 200 + "true", "characters"),
        ("(" * 40 + "true" + ")" * 40, "brackets"),
        ('context.t.matches("(a{50}){50}b")', "pattern"),
        ("context.t.matches(context.pattern)", "pattern"),
        ("&& ".join(f"context.a.all(x, x > {n}) " for n in range(9)), "walks through lists 9 times"),
    ],
)
def test_a_rule_that_could_take_long_is_refused_when_it_is_promoted(rule: str, words: str) -> None:
    started = time.thread_time()
    with pytest.raises(BadInput, match="The rule") as refused:
        compiled(rule)
    assert words in refused.value.message
    assert time.thread_time() - started < MOST_SECONDS


@pytest.mark.parametrize(
    "rule",
    [
        "context.many.map(x, x + 1).size() > 0",
        "context.many.all(x, x in context.many)",
        "context.some.map(x, context.some).all(y, y == y)",
        "context.many == context.many && context.many.all(x, context.many == context.many)",
    ],
)
def test_facts_that_are_too_large_for_a_rule_ask_a_person_at_once(rule: str) -> None:
    facts = RunFacts({"many": list(range(5000)), "some": list(range(300))}, {})
    tree = choice(task("Skip"), task("Approve"))
    assert tree.operator is Operator.CHOICE
    spec = DecisionSpec("0", DecidedBy.RULE, (rule,), otherwise=1, role="manager")
    compiled("visits == 1")  # the evaluator itself is loaded once
    started = time.thread_time()
    verdict = decide(spec, tree, Situation(facts, 1, 0, {}))
    assert time.thread_time() - started < MOST_SECONDS
    assert verdict.child is None
    assert "is over its budget" in (verdict.reason or "")


def test_what_a_rule_does_not_read_costs_it_nothing() -> None:
    facts = RunFacts({"amount": 7, "archive": [{"page": "x" * 1000}] * 5000}, {})
    assert facts.hold("context.amount > 5", visits=1)
    assert facts.hold("has(context.archive) && !has(context.vendor)", visits=1) is True


LISTS = st.sampled_from(["context.nums", "context.lines", "context.deep.list", "[1, 2, 3]", "[context.text]"])
TRUE = st.sampled_from(
    [
        "x == x", "x in context.nums || true", "context.lines == context.lines", "size([x, x]) > 1", "[x] == [x]",
        "true", 'context.text.matches("a+b") || true', "context.text + context.text != context.text",
        "[x, x, x] != [x]", "size(context.nums + context.nums) >= 0", "has(context.nums)",
    ]
)  # fmt: skip
MADE = st.sampled_from(
    ["x", "[x, x, x]", "context.text", "context.nums", "{'k': x, 'l': x}", "context.nums + context.nums", "1", "[x]"]
)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules that walk through lists one after the other, with whatever is dear inside."""
    parts = []
    for _ in range(draw(st.integers(1, 2))):
        walked = draw(LISTS)
        for _ in range(draw(st.integers(0, 3))):
            walked += f".map(x, {draw(MADE)})" if draw(st.booleans()) else f".filter(x, {draw(TRUE)})"
        last = draw(st.sampled_from(["size({0}) >= 0", "{0} == {0}", "{0}.all(x, {1})", "{0}.exists(x, !({1}))"]))
        parts.append(last.format(walked, draw(TRUE)))
    return draw(st.sampled_from([" && ", " || "])).join(parts)


@st.composite
def contexts(draw: st.DrawFn) -> dict[str, Any]:
    """Contexts up to any size that a rule may still read."""
    count, lines, text = draw(st.integers(0, 900)), draw(st.integers(0, 300)), draw(st.integers(0, 60_000))
    return {
        "nums": list(range(count)),
        "lines": [{"qty": n, "name": f"line {n}"} for n in range(lines)],
        "text": "a" * text,
        "deep": {"list": [[n] for n in range(count // 3)]},
    }


@settings(deadline=None, max_examples=300)
@given(rules(), contexts())
def test_law_no_accepted_rule_takes_longer_than_its_budget(rule: str, context: dict[str, Any]) -> None:
    compiled("visits == 1")  # the evaluator itself is loaded once
    assert min(held(rule, context) for _ in range(2)) < MOST_SECONDS  # a collection of garbage may fall into one


def held(rule: str, context: dict[str, Any]) -> float:
    """Seconds of processor time until the rule holds or is refused, which must come as fast."""
    compiled.cache_clear()
    facts = RunFacts(context, {})
    started = time.thread_time()
    with contextlib.suppress(BadInput):
        facts.hold(rule, visits=1)
    return time.thread_time() - started
