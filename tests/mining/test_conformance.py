"""Conformance: nets, alignments, fitness, precision and deviations, worked by hand and by law."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import BadInput
from core.tree import Operator, ProcessTree
from mining.bpmn import to_bpmn
from mining.conformance import DeviationKind, Progress
from mining.conformance.align import Alignment, align
from mining.conformance.bpmn import read_bpmn
from mining.conformance.deviation import Aligned, Deviation, costs_without, deviations, slips
from mining.conformance.fitness import bounds, cost_bounds, distance, fitness
from mining.conformance.model import model_of_variants
from mining.conformance.net import Net, net_of_traces, net_of_tree, repeatable, with_fewer_silent
from mining.conformance.precision import precision
from mining.map.variant import Variant
from tests.mining.bpmn_files import SEQUENCE, bpmn, tree
from tests.mining.trees import SILENT, language, shapes

SEQ, XOR, AND, LOOP = Operator.SEQUENCE, Operator.CHOICE, Operator.PARALLEL, Operator.LOOP
ABCD = net_of_tree(tree(SEQ, "a", "b", "c", "d"))


def traces_of(net: Net, longest: int) -> frozenset[tuple[str, ...]]:
    """Every trace of at most `longest` activities that `net` allows, by playing it out."""
    found = set()
    seen: set[tuple[int, tuple[str, ...]]] = {(net.initial, ())}
    pending: list[tuple[int, tuple[str, ...]]] = [(net.initial, ())]
    while pending:
        marking, trace = pending.pop()
        if marking == net.final:
            found.add(trace)
        for t in net.transitions:
            if marking & t.takes != t.takes:
                continue
            grown = (*trace, t.label) if t.label is not None else trace
            state = ((marking & ~t.takes) | t.gives, grown)
            if len(grown) <= longest and state not in seen:
                seen.add(state)
                pending.append(state)
    return frozenset(found)


def aligned(net: Net, *traces: str | Sequence[str]) -> list[Alignment]:
    """The alignments of traces, written as words of one-letter activities."""
    found = align(net, [(tuple(t), 1) for t in traces])
    return [found[tuple(t)] for t in traces]


def found_in(net: Net, trace: str, labels: frozenset[str] | None = None) -> list[Deviation]:
    """The deviations of one trace."""
    (alignment,) = aligned(net, trace)
    one = Aligned(0, "x", tuple(trace), 10, alignment)
    return list(deviations([one], labels or net.labels(), repeatable(net)))


# nets


@settings(max_examples=150)
@given(shapes())
def test_the_net_of_a_tree_allows_the_trees_traces(shape: ProcessTree) -> None:
    assert traces_of(net_of_tree(shape), 5) == language(shape, 5)


@settings(max_examples=60)
@given(shapes())
def test_a_tree_written_as_bpmn_is_read_back_with_the_same_traces(shape: ProcessTree) -> None:
    if not shape.labels():
        return
    assert traces_of(read_bpmn(to_bpmn(shape, "p"), "p.bpmn").net, 5) == language(shape, 5)


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4).map(tuple), min_size=1, max_size=8))
def test_the_net_of_traces_allows_exactly_these(traces: list[tuple[str, ...]]) -> None:
    assert traces_of(net_of_traces(traces), 6) == frozenset(traces)


@settings(max_examples=150)
@given(shapes())
def test_fewer_silent_transitions_allow_the_same_traces(shape: ProcessTree) -> None:
    nets = [net_of_tree(shape)]
    if shape.labels():
        nets.append(read_bpmn(to_bpmn(shape, "p"), "p.bpmn").net)
    for net in nets:
        lean = with_fewer_silent(net)
        assert traces_of(lean, 5) == language(shape, 5)
        assert len(lean.transitions) <= len(net.transitions)


def test_a_skipped_task_and_a_loop_need_no_silent_transition() -> None:
    net = net_of_tree(tree(SEQ, "a", tree(XOR, "b", SILENT), tree(LOOP, "c", SILENT), "d"))
    assert any(t.label is None for t in net.transitions)
    lean = with_fewer_silent(net)
    assert [t.label for t in lean.transitions if t.label is None] == []
    assert traces_of(lean, 4) == {(*"acd",), (*"abcd",), (*"accd",)}


def test_what_can_be_repeated() -> None:
    assert repeatable(net_of_tree(tree(SEQ, "a", tree(LOOP, "b", "c"), "d"))) == {"b", "c"}
    assert repeatable(net_of_tree(tree(SEQ, "a", tree(XOR, "b", SILENT), "a"))) == {"a"}
    assert repeatable(net_of_traces([("a", "b"), ("b", "a")])) == frozenset()


# alignments, fitness, precision


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(shapes())
def test_what_the_model_allows_costs_nothing_and_fits(shape: ProcessTree) -> None:
    net = net_of_tree(shape)
    traces = sorted(language(shape, 5))[:20]
    found = align(net, [(t, 1) for t in traces])
    cases = dict.fromkeys(traces, 1)
    assert {a.cost for a in found.values()} <= {0}
    measured = fitness({t: a.cost for t, a in found.items()}, cases, 0)
    assert measured is None or (measured.log, measured.mean, measured.fitting) == (1.0, 1.0, 1.0)
    assert all(slips(a, net.labels()) == () for a in found.values())


def test_fitness_worked_by_hand() -> None:
    found = align(ABCD, [(tuple("abcd"), 6), (tuple("abd"), 3), (tuple("axbcdx"), 1)])
    costs = {t: a.cost for t, a in found.items()}
    assert costs == {tuple("abcd"): 0, tuple("abd"): 1, tuple("axbcdx"): 2}
    measured = fitness(costs, {tuple("abcd"): 6, tuple("abd"): 3, tuple("axbcdx"): 1}, 4)
    assert measured is not None
    # costs 0*6 + 1*3 + 2*1 = 5; worst (4+4)*6 + (3+4)*3 + (6+4)*1 = 79
    assert (measured.cost, measured.worst) == (5, 79)
    assert measured.log == pytest.approx(1 - 5 / 79)
    assert measured.mean == pytest.approx((6 * 1 + 3 * (1 - 1 / 7) + 1 * (1 - 2 / 10)) / 10)
    assert measured.fitting == 0.6
    assert fitness({}, {}, 4) is None


def test_precision_worked_by_hand() -> None:
    net = net_of_tree(tree(SEQ, "a", tree(XOR, "b", "c", "d"), tree(XOR, "e", SILENT)))
    measured = precision(net, {("a", "b"): 3, ("a", "c", "e"): 1})
    assert measured is not None
    # after nothing: 1 allowed, 1 taken, 4 cases; after a: 3 allowed, 2 taken, 4 cases; after a c: 1 and 1, 1 case;
    # nothing goes on after a b, so that it is not counted
    assert (measured.allowed, measured.taken) == (4 * 1 + 4 * 3 + 1 * 1, 4 * 1 + 4 * 2 + 1 * 1)
    assert measured.value == pytest.approx(13 / 17)
    assert not measured.approximate
    assert precision(net, {}) is None


def test_precision_sees_through_loops_and_skips() -> None:
    net = net_of_tree(tree(LOOP, tree(AND, tree(LOOP, "a", SILENT), tree(XOR, "b", SILENT)), SILENT))
    measured = precision(net, {("a", "b", "a"): 1, ("a", "b", "a", "b"): 1})
    assert measured is not None
    # a or b at every point; taken: a, b, a, b
    assert (measured.allowed, measured.taken) == (2 * 2 + 2 * 2 + 2 * 2 + 1 * 2, 2 + 2 + 2 + 1)


def test_a_model_too_free_to_follow_is_over_estimated_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import mining.conformance.language as module

    net = net_of_tree(tree(AND, *(tree(XOR, name, SILENT) for name in "abcdef")))
    exact = precision(net, {("a", "b"): 1})
    monkeypatch.setattr(module, "MOST_MARKINGS", 8)
    rough = precision(net, {("a", "b"): 1})
    assert exact is not None
    assert rough is not None
    assert (exact.approximate, rough.approximate) == (False, True)
    assert (exact.allowed, exact.taken) == (6 + 5, 2)
    assert rough.value <= exact.value


def test_chosen_variants_are_a_model() -> None:
    found = [Variant(tuple("abc"), 6), Variant(tuple("acb"), 3), Variant(tuple("ab"), 1)]
    assert model_of_variants(found, "2").traces == {tuple("abc"), tuple("acb")}
    assert model_of_variants(found, "90 %").reference == "variants 90%"
    assert model_of_variants(found, "60%").traces == {tuple("abc")}
    assert len(model_of_variants(found, "99").traces) == 3
    (alignment,) = aligned(model_of_variants(found, "2").net, "ab")
    assert alignment.cost == 1
    for wrong in ("0", "many", "0%", "101%", "-1", ""):
        with pytest.raises(BadInput, match="chooses no variants"):
            model_of_variants(found, wrong)
    with pytest.raises(BadInput, match="no case"):
        model_of_variants([], "10")


# bounds


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_the_distance_is_that_of_the_longest_common_subsequence(one: str, other: str) -> None:
    row = [0] * (len(other) + 1)
    for x in one:
        before = 0
        for i, y in enumerate(other, 1):
            before, row[i] = row[i], before + 1 if x == y else max(row[i], row[i - 1])
    assert distance(tuple(one), tuple(other)) == len(one) + len(other) - 2 * row[-1]


@settings(max_examples=40)
@given(st.lists(st.text("abcdx", min_size=1, max_size=7).map(tuple), min_size=2, max_size=8, unique=True))
def test_the_bounds_of_a_cost_hold(traces: list[tuple[str, ...]]) -> None:
    costs = {t: distance(t, tuple("abcd")) for t in traces}  # the only trace of the model
    known, rest = traces[: len(traces) // 2], traces[len(traces) // 2 :]
    for trace in rest:
        low, high = cost_bounds(trace, [(t, costs[t]) for t in known], ABCD.labels(), 4)
        assert low <= costs[trace] <= high
    cases = dict.fromkeys(traces, 2)
    limits = bounds({t: costs[t] for t in known}, cases, ABCD.labels(), 4)
    exact = fitness(costs, cases, 4)
    assert limits is not None
    assert exact is not None
    assert limits.low - 1e-9 <= exact.log <= limits.high + 1e-9


def test_no_time_and_cancelling_leave_traces_unaligned() -> None:
    traces = [(tuple("abcd"), 3), (tuple("abd"), 2)]
    assert align(ABCD, traces, seconds=0) == {}
    assert align(ABCD, traces, cancelled=lambda: True) == {}
    said: list[Progress] = []
    assert len(align(ABCD, [*traces, ((), 0)], progress=said.append)) == 3
    assert (said[0].variants, said[0].of_variants, said[-1].variants, said[-1].cases) == (0, 2, 2, 5)


# deviations


def test_skipped() -> None:
    (found,) = found_in(ABCD, "abd")
    assert (found.kind, found.activity, found.cases, found.cost) == (DeviationKind.SKIPPED, "c", 10, 10)
    assert found.sentence == "`c` is skipped after `b`, before `d`."
    assert found.key == "skipped: c"
    assert found_in(ABCD, "bcd")[0].sentence == "`a` is skipped at the start, before `b`."
    assert found_in(ABCD, "abc")[0].sentence == "`d` is skipped after `c`, at the end."


def test_extra() -> None:
    (found,) = found_in(ABCD, "abxcd")
    assert (found.kind, found.activity) == (DeviationKind.EXTRA, "x")
    assert found.sentence == "`x` is done after `b`, before `c`; the model does not have it."
    net = net_of_tree(tree(SEQ, "a", tree(XOR, "b", "c"), "d"))
    both = found_in(net, "abcd")
    assert [d.kind for d in both] == [DeviationKind.EXTRA]
    assert both[0].sentence.endswith("where the model does not want it.")


def test_unknown_activities_done_twice_are_extra_both_times() -> None:
    (found,) = found_in(ABCD, "axbcxd")
    assert (found.kind, found.cost) == (DeviationKind.EXTRA, 20)
    assert found.sentence == "`x` is done after `a`, before `b`, or elsewhere; the model does not have it."
    assert [(p.after, p.before, p.cases) for p in found.places] == [("a", "b", 10), ("c", "d", 10)]


def test_too_often() -> None:
    (found,) = found_in(ABCD, "abcdb")
    assert (found.kind, found.activity) == (DeviationKind.TOO_OFTEN, "b")
    assert found.sentence == "`b` is done again after `d`, at the end; the model allows it once."
    net = net_of_tree(tree(SEQ, "a", tree(LOOP, "b", "c"), "d"))
    (again,) = found_in(net, "abdb")
    assert (again.kind, again.sentence) == (
        DeviationKind.TOO_OFTEN,
        "`b` is done again where the model does not repeat it, after `d`, at the end.",
    )


def test_wrong_order() -> None:
    (found,) = found_in(ABCD, "acbd")
    assert (found.kind, found.activity, found.other, found.cost) == (DeviationKind.WRONG_ORDER, "c", "b", 20)
    assert found.sentence == "`c` is done before `b`, although the model wants `b` first."
    assert found.key == "wrong order: c before b"
    (late,) = found_in(ABCD, "bcda")  # a comes last; the nearest that the model wants after it is b
    assert (late.activity, late.other) == ("b", "a")


def test_the_costs_of_the_slips_are_the_alignments() -> None:
    net = net_of_tree(tree(SEQ, "a", tree(AND, "b", tree(LOOP, "c", "d")), tree(XOR, "e", "f")))
    for trace in ("abcdce", "cbaxf", "aaef", "fedcba", "x", "abcef", "dd"):
        (alignment,) = aligned(net, trace)
        assert sum(slip.cost for slip in slips(alignment, net.labels())) == alignment.cost


def test_deviations_count_cases_and_places() -> None:
    traces = {tuple("abd"): 6, tuple("bd"): 3, tuple("abcd"): 1}
    found = align(ABCD, list(traces.items()))
    rows = [Aligned(n, f"d{n}", t, cases, found[t]) for n, (t, cases) in enumerate(traces.items())]
    skipped_c, skipped_a = deviations(rows, ABCD.labels(), frozenset())
    assert (skipped_c.cases, skipped_c.share, skipped_c.variants, skipped_c.digests) == (9, 0.9, (0, 1), ("d0", "d1"))
    assert (skipped_a.cases, skipped_a.digests) == (3, ("d1",))
    assert costs_without(rows, frozenset({"skipped: c"}), ABCD.labels()) == {
        tuple("abd"): 0, tuple("bd"): 1, tuple("abcd"): 0,
    }  # fmt: skip


# BPMN


def test_bpmn_with_what_is_supported() -> None:
    net = read_bpmn(SEQUENCE, "orders.bpmn").net
    assert traces_of(net, 5) == {("order", "check", "pay")}
    looped = SEQUENCE.replace(
        '<bpmn:serviceTask id="b" name="check"/>',
        '<bpmn:serviceTask id="b" name="check"><bpmn:standardLoopCharacteristics/></bpmn:serviceTask>',
    )
    assert traces_of(read_bpmn(looped, "x").net, 4) == {("order", "check", "pay"), ("order", "check", "check", "pay")}
    inner = bpmn(
        {"s": "startEvent", "g": "exclusiveGateway", "a": "task a", "b": "task b", "e": "endEvent", "t": "endEvent"},
        ["s>g", "g>a", "g>sub", "a>e", "sub>b", "b>t"],
        '<bpmn:subProcess id="sub"><bpmn:task id="x" name="x"/></bpmn:subProcess>',
    )
    assert traces_of(read_bpmn(inner, "x").net, 4) == {("a",), ("x", "b")}
    split = bpmn(
        {"a": "task a", "b": "task b", "c": "task c", "j": "parallelGateway", "d": "task d"},
        ["a>b", "a>c", "b>j", "c>j", "j>d"],
    )  # two flows out of a task: both
    assert traces_of(read_bpmn(split, "x").net, 4) == {tuple("abcd"), tuple("acbd")}


def test_lanes_are_read() -> None:
    lanes = (
        '<bpmn:laneSet id="l"><bpmn:lane id="l1" name="Clerk"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane>'
        '<bpmn:lane id="l2" name="System"><bpmn:flowNodeRef>b</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>'
    )
    read = read_bpmn(SEQUENCE.replace("</bpmn:process>", f"{lanes}</bpmn:process>"), "x")
    assert (read.name, read.lanes) == ("Orders", (("check", "System"), ("order", "Clerk")))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "cannot be read as XML"),
        ("<a", "cannot be read as XML"),
        ("<html/>", "its root is `html`"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><definitions/>', "document type"),
        ("<definitions/>", "no process with tasks"),
        (bpmn({"s": "startEvent", "e": "endEvent"}, ["s>e"]), "no task with a name"),
        (bpmn({"s": "startEvent", "a": "task", "e": "endEvent"}, ["s>a", "a>e"]), "the task `a` has no name"),
        (bpmn({"a": "task a", "g": "inclusiveGateway Which"}, ["a>g"]), "an inclusive gateway (`Which`)"),
        (bpmn({"a": "task a", "g": "complexGateway"}, []), "a complex gateway (`g`)"),
        (bpmn({"a": "task a", "g": "boundaryEvent Late"}, []), "a boundary event (`Late`)"),
        (bpmn({"a": "task a"}, ["a>z"]), "leads from or to `z`"),
        (bpmn({"s": "startEvent", "a": "task a", "b": "task b"}, ["s>a"]), "no flow leads to `b`"),
        (
            bpmn(
                {"s": "startEvent", "g": "exclusiveGateway", "a": "task a", "b": "task b", "j": "parallelGateway"},
                ["s>g", "g>a", "g>b", "a>j", "b>j"],
            ),
            "can get stuck",
        ),
        (
            bpmn(
                {"s": "startEvent", "g": "parallelGateway", "a": "task a", "b": "task b", "j": "exclusiveGateway",
                 "c": "task c"},
                ["s>g", "g>a", "g>b", "a>j", "b>j", "j>c"],
            ),
            "by two branches at once",
        ),
        (bpmn({"s": "startEvent", "a": "task a", "b": "task b"}, ["s>a", "a>b", "b>a"]), "can"),
        (SEQUENCE.replace("</bpmn:definitions>", '<bpmn:process id="q" name="Other"><bpmn:task id="z" name="z"/>'
                          "</bpmn:process></bpmn:definitions>"), "has 2 processes: `Orders`, `Other`"),
        (SEQUENCE.replace('targetRef="c"/>', 'targetRef="c"><bpmn:conditionExpression/></bpmn:sequenceFlow>'),
         "a flow with a condition out of a task"),
        (bpmn({"a": "task a"}, ["a>s"], '<bpmn:subProcess id="s" triggeredByEvent="true"/>'), "an event subprocess"),
    ],
)  # fmt: skip
def test_bpmn_that_is_not_supported_is_refused_by_name(text: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_bpmn(text, "orders.bpmn")
    assert message in str(caught.value)
    assert "orders.bpmn" in str(caught.value)


def test_terminating_is_ending_where_nothing_is_parallel() -> None:
    ends = SEQUENCE.replace(
        '<bpmn:endEvent id="e"/>', '<bpmn:endEvent id="e"><bpmn:terminateEventDefinition/></bpmn:endEvent>'
    )
    assert traces_of(read_bpmn(ends, "x").net, 4) == {("order", "check", "pay")}
