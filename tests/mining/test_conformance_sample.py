"""What is said of all cases when not all were aligned: settled first, then a random sample, never the most frequent."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from core.tree import Operator
from core.view import View
from core.workspace import Workspace
from mining.causes.filters import mark_of_deviating
from mining.conformance import Conformance, check_conformance, service
from mining.conformance.align import Alignment, Move, MoveKind, Trace, align
from mining.conformance.model import Model
from mining.conformance.net import net_of_tree
from mining.conformance.sample import LEAST, AlignmentOrder, AlignmentUnit, Estimated, as_share, estimate, plan
from mining.conformance.settle import settle
from tests.mining.bpmn_files import tree
from tests.mining.trees import SILENT
from tests.mining.whole_cases import Case, log_of

SEQ, XOR, AND, LOOP = Operator.SEQUENCE, Operator.CHOICE, Operator.PARALLEL, Operator.LOOP
MODEL = Model("m", "m", net_of_tree(tree(SEQ, "a", tree(LOOP, "b", "c"), "d")))


def units() -> tuple[list[AlignmentUnit], dict[Trace, int]]:
    """400 variants with the cost of each: the more cases a variant has, the less it costs."""
    draw = random.Random(5)
    made, costs = [], {}
    for number in range(400):
        cases = 1 + int(draw.paretovariate(1.1))
        trace = (f"v{number}", *"abcd"[: 1 + number % 4])
        made.append(AlignmentUnit(trace, cases))
        costs[trace] = 0 if draw.random() < cases / (cases + 6) else draw.randint(1, len(trace))
    return made, costs


def drawn_figures(
    made: Sequence[AlignmentUnit], costs: dict[Trace, int], seed: str, number: int
) -> tuple[Any, Any, AlignmentOrder]:
    drawing = plan(made, seed)
    aligned = {unit.trace: costs[unit.trace] for unit in drawing.order[:number]}
    drawn = drawing.drawn(aligned)
    told = {u.trace: (float(u.cases * costs[u.trace]),) * 2 for u in drawn}
    fits = {u.trace: (0.0 if costs[u.trace] else float(u.cases),) * 2 for u in drawn}
    size = {u.trace: float(u.cases * len(u.trace)) for u in made}
    share = estimate(drawing, drawn, fits, {u.trace: float(u.cases) for u in made})
    assert share is not None
    return estimate(drawing, drawn, told, size), as_share(share), drawing


def test_intervals_from_the_sample_cover_the_truth_in_about_95_of_100_draws() -> None:
    made, costs = units()
    cost = sum(u.cases * costs[u.trace] for u in made) / sum(u.cases * len(u.trace) for u in made)
    follow = sum(u.cases for u in made if not costs[u.trace]) / sum(u.cases for u in made)
    covered = [0, 0]
    for seed in range(200):
        of_cost, of_share, _ = drawn_figures(made, costs, str(seed), 120)
        covered[0] += of_cost.low <= cost <= of_cost.high
        covered[1] += of_share.low <= follow <= of_share.high
    assert min(covered) >= 180, covered


def test_the_most_frequent_first_would_have_told_another_share() -> None:
    made, costs = units()
    follow = sum(u.cases for u in made if not costs[u.trace]) / sum(u.cases for u in made)
    frequent = sorted(made, key=lambda u: -u.cases)[:120]
    told = sum(u.cases for u in frequent if not costs[u.trace]) / sum(u.cases for u in frequent)
    assert told > follow + 0.05


def test_all_drawn_is_exact_and_too_few_are_no_estimate() -> None:
    made, costs = units()
    of_cost, _, drawing = drawn_figures(made, costs, "x", 400)
    cost = sum(u.cases * costs[u.trace] for u in made) / sum(u.cases * len(u.trace) for u in made)
    assert (of_cost.value, of_cost.low, of_cost.high) == pytest.approx((cost, cost, cost))
    few = drawing.order[: LEAST - 1]
    assert estimate(drawing, few, {u.trace: (0.0, 0.0) for u in few}, {u.trace: 1.0 for u in made}) is None
    assert plan(made, "x").order == drawing.order != plan(made, "y").order


def test_what_was_given_up_widens_the_interval() -> None:
    made = [AlignmentUnit((f"v{number}", "a", "b"), 1) for number in range(100)]
    drawing = plan(made, "x")
    drawn = drawing.order
    told = {u.trace: ((0.0, 3.0) if number < 20 else (0.0, 0.0)) for number, u in enumerate(drawn)}
    found = estimate(drawing, drawn, told, {u.trace: 3.0 for u in made})
    assert found == Estimated(0.0, 0.0, 0.2, 100, 100)


def test_what_follows_is_settled_without_aligning() -> None:
    traces: list[Trace] = [tuple("abd"), tuple("abcbd"), tuple("abx"), tuple("ab"), tuple("acd"), ()]
    found = settle(traces, MODEL, None)
    assert set(found.fits) == {tuple("abd"), tuple("abcbd")}
    assert found.departs == {tuple("abx"), tuple("ab"), tuple("acd"), ()}
    costs = {t: a.cost for t, a in align(MODEL.net, [(t, 1) for t in traces]).items()}
    assert {t for t, cost in costs.items() if not cost} == set(found.fits)
    assert all(found.fits[t].of_model() == t for t in found.fits)
    late = settle(traces, MODEL, 0.0)
    assert (late.fits, late.departs) == ({}, frozenset())


def test_a_model_too_free_to_follow_settles_only_what_it_rules_out(monkeypatch: pytest.MonkeyPatch) -> None:
    import mining.conformance.language as module

    monkeypatch.setattr(module, "MOST_MARKINGS", 8)
    free = Model("m", "m", net_of_tree(tree(AND, *(tree(XOR, name, SILENT) for name in "abcdef"))))
    found = settle([tuple("ab"), tuple("ax")], free, None)
    assert not found.fits
    assert found.departs == frozenset({tuple("ax")})


@pytest.fixture
def skewed(ws: Workspace) -> Workspace:
    """1,000 cases: 800 follow in two variants; of 200 each is alone in its variant and departs."""
    words = ["abd"] * 500 + ["abcbd"] * 300
    words += ["a" + "bc" * (n % 40) + "b" * (2 + n // 40) + "d" for n in range(200)]
    log_of(ws, [Case(tuple(word), start=n) for n, word in enumerate(words)], "skewed")
    return ws


def stopped(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """As if the time was over when `after` variants were aligned."""

    def some(net: Any, traces: Sequence[tuple[Trace, int]], **more: Any) -> Any:
        return align(net, traces[: after + 1], **{**more, "seconds": None})  # the first is the empty one

    monkeypatch.setattr(service, "align", some)


def test_eighty_of_a_hundred_follow_however_little_is_aligned(
    skewed: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = check_conformance(skewed, View("skewed"), model=MODEL)
    assert whole.fitness is not None
    assert (whole.follows.value, whole.follows.exact, whole.estimate, whole.bounds) == (0.8, True, None, None)
    for after in (0, 10, 60):
        stopped(monkeypatch, after)
        found = check_conformance(skewed, View("skewed"), model=MODEL)
        assert (found.aligned_variants, found.complete) == (2 + after, False)
        assert (found.follows.value, found.follows.exact, found.follows.known) == (0.8, True, 1000)
        assert found.bounds is not None
        assert found.bounds.low <= whole.fitness.log <= found.bounds.high
        assert (found.estimate is None) == (after < LEAST)
        if found.estimate:
            assert found.bounds.low <= found.estimate.low <= whole.fitness.log <= found.estimate.high
            assert found.fitness is not None
            assert found.fitness.log > found.estimate.high, "of the cases aligned: no figure of the log"
            again = next(d for d in found.deviations if d.key == "too often: b")
            assert again.share == pytest.approx(0.2, abs=0.06)
            assert again.cases == 60
        assert mark_of_deviating(found).words == "deviate from m"


def test_the_headline_is_the_estimate(
    skewed: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from app.conforming import coverage_in_words, fitness_in_words, follows_in_words

    stopped(monkeypatch, 60)
    found: Conformance = check_conformance(skewed, View("skewed"), model=MODEL)
    assert fitness_in_words(found).figure.startswith("≈ 0.9")
    assert "95 % interval" in fitness_in_words(found).note
    assert (follows_in_words(found).figure, follows_in_words(found).note) == ("80 %", "800 of 1,000 cases")
    assert "estimated from 60 variants drawn at random within strata" in coverage_in_words(found)
    stopped(monkeypatch, 5)
    few = check_conformance(skewed, View("skewed"), model=MODEL)
    assert "for certain; too little was aligned to estimate it" in fitness_in_words(few).note


def timed(work: Callable[[], object]) -> float:
    import time

    began = time.process_time()
    work()
    return time.process_time() - began


def test_a_long_case_takes_no_more_than_its_length() -> None:
    """Slips and membership of 40,000 activities: the square of them would take minutes."""
    from mining.conformance.deviation import slips

    word = ("a", *("b", "c") * 20_000, "b", "d")
    assert set(settle([word], MODEL, None).fits) == {word}
    moves = [Move(MoveKind.BOTH, "a")]
    for _ in range(13_000):
        moves += [Move(MoveKind.LOG, "b"), Move(MoveKind.BOTH, "b"), Move(MoveKind.MODEL, "c")]
    aligned = Alignment(26_000, tuple(moves))
    assert timed(lambda: slips(aligned, MODEL.net.labels())) < 5
