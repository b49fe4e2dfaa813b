"""Hidden steps: planted ones are found with the right counts, a clean log has none, every part worked by hand."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.selection.filters import CaseFilter
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.map.hidden import Confidence, Hidden, HiddenFinding, HiddenKind, Strength, map_hidden
from mining.map.hidden.confidence import confidence
from mining.map.hidden.modes import STEPS, explained_by, modes
from tests.builders import staged_log
from tests.mining.planted import CLERKS, Office, published
from tests.mining.real import read_csv, stage


def of_kind(found: Hidden, kind: HiddenKind) -> list[HiddenFinding]:
    return [f for f in found.findings if f.kind is kind]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_clean_log_has_no_hidden_steps(ws: Workspace, seed: int) -> None:
    Office(seed).build(ws)
    found = map_hidden(ws, View("office"))
    assert found.findings == ()
    assert found.not_judged == ()
    assert (found.paths, found.activities) == (3, 4)


def test_an_unrecorded_step_is_found_by_its_gap(ws: Workspace) -> None:
    Office(1, gap=True).build(ws)
    (finding,) = map_hidden(ws, View("office")).findings
    assert finding.kind is HiddenKind.GAP
    assert finding.activities == ("check", "decide")
    assert (finding.count, finding.cases) == (400, 400)
    assert finding.confidence.support == 400 / 410
    assert finding.confidence.strength is Strength.STRONG
    shortest = next(e.value for e in finding.evidence if e.name == "shortest, 5th percentile")
    assert 5 * 3600 <= float(shortest) <= 6 * 3600
    assert len(finding.examples) == 20


def test_a_gap_of_one_length_is_called_a_timer_and_without_starts_less_sure(ws: Workspace) -> None:
    rows = []
    for n in range(30):
        rows += [(str(n), "send", None, f"2026-01-{1 + n % 28:02} 08:{n:02}"),
                 (str(n), "open", None, f"2026-01-{1 + n % 28:02} 09:{n:02}"),
                 (str(n), "remind", None, f"2026-02-{1 + n % 28:02} 09:{n:02}")]  # fmt: skip
    staged_log(ws, rows, "reminders")
    findings = map_hidden(ws, View("reminders")).findings
    reminded = next(f for f in findings if f.activities == ("open", "remind"))
    assert "a timer, a legal term" in reminded.meaning
    assert "includes the service time of remind" in reminded.meaning
    assert reminded.confidence.consistency == 1.0
    assert reminded.confidence.effect == pytest.approx((1 - 1 / (31 * 24)) / 2)


def test_gaps_of_two_lengths_are_found_unless_the_hour_explains_them(ws: Workspace) -> None:
    rows, dice = [], random.Random(5)
    for n in range(120):
        day, hour = 1 + n % 28, dice.randrange(24)
        long = dice.random() < 0.5
        wait = dice.uniform(70, 90) * 60 if long else dice.uniform(0.9, 1.1) * 60
        first = f"2026-01-{day:02} {hour:02}:00"
        rows.append((str(n), "ask", first, first))
        rows.append((str(n), "answer", *_later(first, wait)))
        rows.append((str(n), "close", *_later(first, wait + 120)))
    published(ws, [(*row, None, None, None) for row in rows], "asks")
    (finding,) = of_kind(map_hidden(ws, View("asks")), HiddenKind.GAP)
    assert finding.activities == ("ask", "answer")
    figures = {e.name: e.value for e in finding.evidence}
    assert 0.4 < float(figures["share of long gaps"]) < 0.6
    assert 50 * 60 < float(figures["typical short gap"]) < 70 * 60


def _later(text: str, minutes: float) -> tuple[str, str]:
    from datetime import datetime, timedelta

    moment = (datetime.fromisoformat(text) + timedelta(minutes=minutes)).isoformat(" ")
    return moment, moment


def test_a_nightly_job_is_found_by_its_hour(ws: Workspace) -> None:
    rows, dice = [], random.Random(7)
    for n in range(60):
        day = 1 + n % 27
        for step in range(4):
            at = f"2026-01-{day:02} {8 + step * 2 + dice.randrange(2):02}:{dice.randrange(60):02}"
            rows.append((str(n), f"step {step}", at, at))
        at = f"2026-01-{day + 1:02} 01:{dice.randrange(60):02}"
        rows.append((str(n), "booked", at, at))
    published(ws, [(*row, None, None, None) for row in rows], "jobs")
    findings = of_kind(map_hidden(ws, View("jobs")), HiddenKind.GAP)
    assert [f.activities for f in findings] == [("step 3", "booked")]
    assert findings[0].cases == 60


def test_one_who_skips_what_others_do_is_found(ws: Workspace) -> None:
    office = Office(4, skipper="clerk 3")
    office.build(ws)
    checked = {row[0] for row in office.rows if row[1] == "check" and row[4] == "clerk 3"}
    # In the office somebody else decides in between, so whose case it was must be read from one who does both: the same
    # work, with the checker as the one who notifies.
    rows = [r for r in office.rows if r[1] in ("register", "check")]
    for case in sorted({r[0] for r in office.rows}):
        who = next(r[4] for r in office.rows if r[0] == case and r[1] == "check")
        last = max(r[3] for r in office.rows if r[0] == case)
        if who != "clerk 3":
            rows.append((case, "notify", last, last, who, "human", "ERP"))
    published(ws, rows, "own")
    (finding,) = of_kind(map_hidden(ws, View("own")), HiddenKind.PERSONAL)
    assert finding.performers == ("clerk 3",)
    assert finding.activities == ("notify", "check")
    assert (finding.count, finding.cases) == (len(checked), len(checked))
    assert set(finding.examples) <= checked
    assert finding.confidence == confidence(len(checked), 1.0, 1.0)


def test_what_only_a_few_do_is_found(ws: Workspace) -> None:
    callers = ("clerk 2", "clerk 5")
    office = Office(6, callers=callers)
    office.build(ws)
    called = {row[0] for row in office.rows if row[1] == "call back"}
    (finding,) = of_kind(map_hidden(ws, View("office")), HiddenKind.PERSONAL)
    assert finding.activities == ("call back", "check")
    assert set(finding.performers) == set(callers)
    assert (finding.count, finding.cases) == (len(called), len(called))
    figures = {e.name: e.value for e in finding.evidence}
    assert figures["performers of both"] == 2
    assert figures["performers of check"] == len(CLERKS)
    assert float(figures["expected if all did it alike"]) == pytest.approx(8, abs=0.3)


def test_work_outside_the_calendar_is_found(ws: Workspace) -> None:
    Office(2, cases=800, nights=12).build(ws)
    (finding,) = of_kind(map_hidden(ws, View("office")), HiddenKind.CALENDAR)
    assert finding.activities == ("adjust",)
    assert finding.systems == ("ERP",)
    assert finding.performers == ("clerk 1",)
    assert (finding.count, finding.cases) == (12, 12)
    assert finding.confidence.support == 12 / 22
    assert finding.confidence.consistency == 1.0
    assert {e.name: e.value for e in finding.evidence}["dark"] == (
        "Saturday, Sunday and hours 0:00 to 3:00, 4:00 to 8:00, 16:00 to 24:00"
    )


def test_repeated_swivel_is_found(ws: Workspace) -> None:
    Office(3, swivels=30).build(ws)
    (finding,) = of_kind(map_hidden(ws, View("office")), HiddenKind.SWIVEL)
    assert finding.systems == ("CRM", "ERP")
    assert (finding.count, finding.cases) == (90, 30)  # CRM, ERP, CRM, ERP: three changes in each of 30 cases
    assert finding.confidence == confidence(30, 1.0, 1 - 30 / 90)


def test_a_selection_is_judged_alone(ws: Workspace) -> None:
    Office(3, swivels=30).build(ws)
    without = Selection((CaseFilter(cases=tuple(f"case {n}" for n in range(30)), inverted=True),))
    assert of_kind(map_hidden(ws, View("office", selection=without)), HiddenKind.SWIVEL) == []


def test_a_log_that_says_little_says_why(ws: Workspace) -> None:
    staged_log(ws, [("1", "a", None, "2026-01-05"), ("1", "b", None, "2026-01-06")])
    found = map_hidden(ws, View("example"))
    assert found.findings == ()
    assert {n.kind for n in found.not_judged} == set(HiddenKind)
    assert "Fewer than 5 people" in next(n.reason for n in found.not_judged if n.kind is HiddenKind.PERSONAL)


def test_two_modes_worked_by_hand() -> None:
    # 10 gaps of step 20, 10 of step 40: logarithms 5.125 and 10.125, spread of a step 0.0722: D = sqrt(2) * 5 / 0.102
    two = modes({20: 10, 40: 10})
    assert two is not None
    assert (two.long_share, two.valley) == (0.5, 0.0)
    assert two.separation == pytest.approx(2**0.5 * 5 / (2 * (1 / STEPS / 12**0.5) ** 2) ** 0.5)
    assert two.split_seconds == pytest.approx(2.718281828**10)
    assert modes({20: 19, 40: 1}) is None  # too few long ones
    assert modes(dict.fromkeys(range(20, 41), 10)) is None  # all lengths alike
    assert modes({20: 5}) is None


def test_what_explains_a_split() -> None:
    assert explained_by([(1, 10, 0), (2, 0, 10)]) == 1.0
    assert explained_by([(1, 5, 5), (2, 5, 5)]) == 0.0
    assert explained_by([(1, 5, 0), (2, 5, 0)]) == 0.0


@given(n=st.integers(1, 10**6), consistency=st.floats(0, 1), effect=st.floats(0, 1))
def test_confidence_grows_with_each_part(n: int, consistency: float, effect: float) -> None:
    one = confidence(n, consistency, effect)
    assert 0 <= one.value <= 1
    assert confidence(n + 1, consistency, effect).value >= one.value
    assert replace(one, effect=1.0).value >= one.value
    assert Confidence(0.5, 0.5, 0.5).value == pytest.approx(0.5)


def test_a_real_gap_is_found(ws: Workspace, shared_log: Callable[[str], Path]) -> None:
    """The purchasing example (Disco's, synthetic): a map that is made is never analysed within six hours."""
    stage(ws, "purchasing", read_csv(shared_log("purchasing_example/PurchasingExample.csv.gz")))
    found = map_hidden(ws, View("purchasing"))
    gap = found.findings[0]
    assert gap.activities == ("Create Quotation comparison Map", "Analyze Quotation Comparison Map")
    assert (gap.count, gap.confidence.strength) == (413, Strength.STRONG)
    assert float(gap.evidence[0].value) > 6 * 3600
