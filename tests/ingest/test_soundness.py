"""The quality report: every rule on a log made by hand with the count worked out, and a sound log without a finding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from core.actor.values import local
from core.errors import NotFound
from core.trust import Result
from core.view import View
from core.workspace import Workspace
from ingest import (
    CaseCondition,
    DropCases,
    DropDuplicates,
    DropEvents,
    EventCondition,
    MergeLabels,
    RemoveColumn,
    Severity,
    TidyLabels,
    clean,
    preview_cleaning,
    quality_report,
    quality_rules,
)
from tests.builders import moment
from tests.ingest.judged import for_a_module, found, one
from tests.ingest.stored import MONDAY, Row, at, row, sound, stored


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    yield from for_a_module(tmp_path_factory)


def test_a_sound_log_has_no_finding(ws: Workspace) -> None:
    log = stored(ws, sound()).log
    report = quality_report(ws, View(log))
    assert report.findings == ()
    assert len(report.clear) == len(quality_rules())
    assert Result.CYCLE_TIME not in report.withheld


def test_every_rule_says_what_it_is() -> None:
    for rule in quality_rules():
        assert all((rule.title, rule.why, rule.of, rule.advice)), rule.code
        assert rule.shows in ("text", "seconds"), rule.code
        assert rule.title[-1] != "."
        assert rule.doubts, rule.code


def test_ends_before_start(ws: Workspace) -> None:
    rows = [*sound(), row("x", "Check", at(1), at(3)), row("x", "Pay", at(5), at(4))]
    finding = one(ws, rows, "negative_service")
    assert (finding.count, finding.total, finding.severity) == (
        1,
        122,
        Severity.WARNING,
    )  # 0.8 % of what figures are made of
    (example,) = finding.examples
    assert (example.case_id, example.activity, example.value) == ("x", "Check", "−2 h")
    assert example.moment == MONDAY + timedelta(hours=1)
    assert finding.steps == (DropEvents(EventCondition.ENDS_BEFORE_START),)
    assert Result.SERVICE_TIME in finding.doubts


def test_far_longer_than_its_activity(ws: Workspace) -> None:
    rows = [*sound(), row("x", "Check", at(400), at(100), "Cy"), row("x", "Pay", at(401), at(400.5), "Cy")]
    finding = one(ws, rows, "extreme_service")
    assert (finding.count, finding.examples[0].value) == (1, "12 d 12 h")


def test_work_of_no_length_counts_where_no_system_did_it(ws: Workspace) -> None:
    rows = [
        row("a", "Check", at(1), at(1), "Ada"), row("a", "Check", at(2), at(2)), row("a", "Pay", at(3), at(2.5), "Ada"),
        row("a", "Post", at(4), at(4), "SAP", kind="system"), row("a", "Ask", at(5), at(5), "Robo", kind="agent"),
    ]  # fmt: skip
    assert (one(ws, rows, "zero_service").count, one(ws, rows, "zero_service").total) == (2, 5)


def test_overlapping_work_of_one_performer(ws: Workspace) -> None:
    rows = [
        row("a", "Check", at(2), at(0), "Ada"), row("b", "Check", at(3), at(1), "Ada"),
        row("c", "Check", at(2.9), at(2.5), "Ada"), row("d", "Check", at(4), at(3), "Ada"),
        row("e", "Check", at(2), at(1), "Bo"), row("f", "Post", at(9), at(1), "SAP", kind="system"),
        row("g", "Post", at(9), at(2), "SAP", kind="system"),
    ]  # fmt: skip
    finding = one(ws, rows, "overlapping_work")
    assert (finding.count, finding.total) == (2, 7)
    assert [example.case_id for example in finding.examples] == ["b", "c"]


def test_duplicates_in_everything_and_in_the_moment(ws: Workspace) -> None:
    same = row("a", "Check", at(1), None, "Ada", **{"@item": "1"})
    rows = [same, same, same, {**same, "@item": "2"}, row("a", "Pay", at(2), None, "Ada"), row("b", "Check", at(1))]
    exact, moment = one(ws, rows, "duplicate_exact"), one(ws, rows, "duplicate_moment")
    assert (exact.count, exact.total, exact.steps) == (2, 6, (DropDuplicates(),))
    assert (moment.count, moment.steps) == (1, ())  # with the exact ones it would drop half the log
    assert moment.not_offered == (
        "No step is offered, since dropping them would take away 50 % of all activity instances.",
    )
    assert exact.offers[0].effect == "takes away 2 activity instances, 33 % of all activity instances"


def test_few_that_are_equal_in_the_moment_are_offered_to_be_dropped(ws: Workspace) -> None:
    rows = [*sound(), row("x", "Check", at(1), None, "Cy"), row("x", "Check", at(1), None, "Di")]
    moment = one(ws, rows, "duplicate_moment")
    assert (moment.count, moment.total, moment.severity) == (1, 122, Severity.NOTE)
    assert [(o.step, o.effect) for o in moment.offers] == [
        (DropDuplicates(exact=False), "takes away 1 activity instance, 0.8 % of all activity instances"),
    ]


def _two_in_a_minute(seconds: str) -> list[Row]:
    """Twelve cases of two activities, each done twice within a minute: half the log equals the other half."""
    return [
        row(f"c{n}", activity, f"2025-03-{n + 3:02} {hour}:17{seconds}", None, "Ada")
        for n in range(12)
        for activity, hour in (("Scan", "10"), ("Scan", "10"), ("Pack", "11"), ("Pack", "11"))
    ]


def test_what_is_equal_to_the_minute_is_not_said_to_be_doubled(ws: Workspace) -> None:
    rows = _two_in_a_minute("")
    log = stored(ws, rows).log
    by_code = {finding.code: finding for finding in quality_report(ws, View(log)).findings}
    assert not {"duplicate_exact", "duplicate_moment"} & set(by_code)
    coarse = by_code["duplicate_coarse"]
    assert (coarse.count, coarse.total, coarse.severity, coarse.steps) == (24, 48, Severity.NOTE, ())
    days: list[Row] = [{**one_row, "ended": one_row["ended"].replace(hour=0, minute=0)} for one_row in rows]
    assert one(ws, days, "duplicate_coarse").count == 24


def test_what_is_equal_to_the_second_is_said_to_be_doubled_but_half_a_log_is_not_offered_to_be_dropped(
    ws: Workspace,
) -> None:
    exact = one(ws, _two_in_a_minute(":31"), "duplicate_exact")
    assert (exact.count, exact.total, exact.severity, exact.steps) == (24, 48, Severity.SERIOUS, ())
    assert "50 % of all activity instances" in exact.not_offered[0]


def test_work_with_a_length_that_is_equal_to_the_minute_is_doubled(ws: Workspace) -> None:
    same = row("x", "Check", at(2), at(1), "Cy")
    assert one(ws, [*sound(), same, same], "duplicate_exact").count == 1


@pytest.mark.parametrize(("cases", "offered"), [(20, 1), (18, 0)])
def test_no_step_is_offered_that_drops_more_than_one_case_in_twenty(ws: Workspace, cases: int, offered: int) -> None:
    """One case of one activity instance beside 19 or 17 whole ones: 5.0 % and 5.6 % of the cases."""
    rows = [*sound(cases - 1), row("x", "Register", at(1), at(0.9), "Cy")]
    finding = one(ws, rows, "single_event_cases")
    assert len(finding.offers) == offered
    assert len(finding.not_offered) == 1 - offered
    if offered:
        assert finding.offers[0].effect == "takes away 1 case with 1 activity instance, 5.0 % of all cases"


def test_an_offer_says_what_doing_it_changes(ws: Workspace) -> None:
    """What is counted beforehand is what the step then changes, for every step that is offered."""
    rows = [
        *sound(80), row("n", "Check", at(1), at(3)), row("n", "Pay", at(5), at(4)), row("p", "Check", "1970-01-01"),
        row("f", "Pay", "2031-05-01"), row("s", "Register", at(1), at(0.5)), row("s", "pay", at(2), at(1.5)),
        row("d", "Pay", at(9), at(8), "Cy"), row("d", "Pay", at(9), at(8), "Cy"),
        row("d", "Pay", at(9), at(8), "Di"), row("b", "Chekc", at(3), at(2)), row("b", " Pay", at(4), at(3.5)),
    ]  # fmt: skip
    log = stored(ws, rows, cases={"c0": {"complete": False}}).log
    offers = [offer for finding in quality_report(ws, View(log)).findings for offer in finding.offers]
    assert len({type(offer.step) for offer in offers}) == 5
    assert len(offers) >= 8
    for offer in offers:
        assert preview_cleaning(ws, log, None, [offer.step]) == (offer.change,), offer.step.words


def test_equal_values_in_two_attributes_are_not_one_row(ws: Workspace) -> None:
    rows = [row("a", "Check", at(1), **{"@x": v, "@y": v}) for v in ("1", "2")] + [row("a", "Pay", at(2))]
    assert found(ws, rows, "duplicate_exact") == []


def test_out_of_order_in_the_source(ws: Workspace) -> None:
    rows = [row("a", "Pay", at(3)), row("a", "Check", at(2)), row("a", "Register", at(1)), row("b", "Register", at(0))]
    finding = one(ws, rows, "source_order")
    assert (finding.count, finding.total, finding.severity) == (2, 4, Severity.NOTE)


def test_order_known_only_from_the_source(ws: Workspace) -> None:
    rows = [
        row("a", "Register", at(1)), row("a", "Check", at(1)), row("a", "Pay", at(2)), row("a", "Pay", at(2)),
        row("b", "Register", at(1)), row("b", "Check", at(1.5)),
    ]  # fmt: skip
    finding = one(ws, rows, "shared_moment")
    assert (finding.count, finding.total, finding.examples[0].value) == (1, 4, "after Register")


def test_cases_not_complete_single_and_due_too_soon(ws: Workspace) -> None:
    cases: dict[str, dict[str, Any]] = {
        "c0": {"complete": False},
        "c1": {"complete": False},
        "c2": {"due": moment("2025-03-01")},
        "c3": {"due": moment("2026-01-01")},
    }
    version = stored(ws, [*sound(), row("x", "Register", at(1), at(0.9))], cases=cases)
    by_code = {finding.code: finding for finding in quality_report(ws, View(version.log)).findings}
    assert (by_code["incomplete_cases"].count, by_code["incomplete_cases"].total) == (2, 41)
    assert (by_code["single_event_cases"].count, by_code["single_event_cases"].total) == (1, 41)
    assert (by_code["due_before_start"].count, by_code["due_before_start"].total) == (1, 2)
    assert by_code["single_event_cases"].steps == (DropCases(CaseCondition.SINGLE_EVENT),)


def test_cases_that_break_off_and_begin_in_the_middle(ws: Workspace) -> None:
    rows = [*sound(200)]
    rows += [
        row("off", "Register", at(1)),
        row("off", "Check", at(2)),
        row("in", "Check", at(3)),
        row("in", "Pay", at(4)),
    ]
    version = stored(ws, rows)
    by_code = {finding.code: finding for finding in quality_report(ws, View(version.log)).findings}
    ends, begins = by_code["unusual_end"], by_code["unusual_start"]
    assert (ends.count, ends.total, ends.examples[0].value) == (1, 202, "Check")
    assert (begins.count, begins.examples[0].case_id) == (1, "in")
    assert ends.steps == (DropCases(CaseCondition.ENDS_WITH, activities=("Check",)),)


def test_cases_of_far_out_length(ws: Workspace) -> None:
    rows = [*sound(), row("x", "Register", at(1), at(0.5), "Cy"), row("x", "Pay", at(5000), at(4999.7), "Cy")]
    finding = one(ws, rows, "long_cases")
    assert (finding.count, finding.examples[0].case_id, finding.examples[0].value) == (1, "x", "208 d")


def test_days_on_which_nothing_happened(ws: Workspace) -> None:
    rows = [row(f"c{n}", "Check", at(24 * n)) for n in range(15)] + [
        row(f"d{n}", "Check", at(24 * (n + 50))) for n in range(15)
    ]
    finding = one(ws, rows, "inactive_periods")
    assert (finding.count, finding.total) == (1, 30)
    assert finding.examples[0].value == "35 days without work after 2025-03-17"
    assert finding.examples[0].case_id == "d0"


def test_performers_away_for_long(ws: Workspace) -> None:
    rows = [row(f"c{n}", "Check", at(24 * (n if n < 15 else n + 40)), None, "Ada") for n in range(30)]
    rows += [row(f"b{n}", "Check", at(24 * n), None, "Bo") for n in range(70)]
    finding = one(ws, rows, "performer_gaps")
    assert (finding.count, finding.total, finding.examples[0].value) == (1, 2, "Ada: 40 days away")


def test_labels(ws: Workspace) -> None:
    names = ["Check invoice"] * 5 + [
        "check  Invoice",
        "CheckInvoice",
        "Chekc invoice",
        "Check 1",
        "Check 2",
        "Valid order",
    ]
    names += ["Valid order", "Invalid order"]
    rows = [row(f"c{n}", name, at(n), None, ("Ada Li", "ada li")[n > 10]) for n, name in enumerate(names)]
    version = stored(ws, rows)
    by_code = {finding.code: finding for finding in quality_report(ws, View(version.log)).findings}
    spelled, typed, blank = by_code["labels_spelled"], by_code["labels_typed"], by_code["labels_blank"]
    assert (spelled.count, spelled.total) == (3, 10)
    assert MergeLabels((("CheckInvoice", "Check invoice"), ("check  Invoice", "Check invoice"))) in spelled.steps
    assert MergeLabels((("ada li", "Ada Li"),), "performer") in spelled.steps
    assert (typed.count, typed.total) == (1, 8)
    assert typed.steps == (MergeLabels((("Chekc invoice", "Check invoice"),)),)
    assert (blank.count, blank.steps) == (1, (TidyLabels("activity"),))
    assert (spelled.share, spelled.worst.touched) == (3 / 10, 4 / 13)  # 1 + 1 + 2 of 13 activity instances have them


def test_cases_with_nearly_one_name(ws: Workspace) -> None:
    rows = [row("A-1", "Check", at(1)), row("a-1 ", "Check", at(2)), row("A-2", "Check", at(3))]
    assert one(ws, rows, "case_ids_alike").count == 1


def test_columns(ws: Workspace) -> None:
    rows = []
    for n in range(40):
        more = {"@amount": 5000.0 if n == 0 else 100.0 + n, "@source": "ERP", "@note": "seen" if n == 1 else None}
        rows.append(
            row(f"c{n}", "Check", at(n), None, None if n < 3 else "Ada", cost=-1.0 if n == 9 else 5.0 + n, **more)
        )
        rows.append(row(f"c{n}", "Pay", at(n + 0.5), None, "Ada"))
    rows[2] = {**rows[2], "@amount": None}
    version = stored(
        ws, rows, types={"@amount": "DOUBLE"}, cases={f"c{n}": {"@region": "N" if n else None} for n in range(40)}
    )
    report = quality_report(ws, View(version.log))
    counts = {(f.code, place.column): (place.count, place.total) for f in report.findings for place in f.places}
    assert counts["missing_values", "performer"] == (3, 80)
    assert counts["missing_values", "@amount"] == (1, 40)  # Pay never has one
    assert counts["missing_values", "@region"] == (1, 40)
    assert counts["constant_columns", "@source"] == (40, 80)
    assert counts["far_values", "@amount"] == (1, 39)
    assert counts["negative_cost", None] == (1, 40)
    facts = {column.name: column for column in report.columns}
    assert (facts["@amount"].filled, facts["@amount"].lowest, facts["@amount"].highest) == (39, "102.0", "5000.0")
    assert facts["@region"].constant
    assert facts["@region"].of == "case"
    (missing,) = [finding for finding in report.findings if finding.code == "missing_values"]
    assert missing.columns == ("performer", "@amount", "@region")  # 3.8 % of what figures are made of; 2.5 % each
    assert [place.severity for place in missing.places] == [Severity.WARNING, Severity.NOTE, Severity.NOTE]
    assert (missing.severity, missing.count, missing.total) == (Severity.WARNING, 3, 80)
    assert missing.places[0].doubts == (Result.PERFORMERS, Result.HAND_OVERS)
    assert missing.doubts == (Result.PERFORMERS, Result.HAND_OVERS, Result.ATTRIBUTES)
    (constant,) = [finding for finding in report.findings if finding.code == "constant_columns"]
    assert set(constant.steps) >= {RemoveColumn("@source")}
    assert "takes nothing away; changes 40 values" in [o.effect for o in constant.offers]


def test_one_kind_is_one_finding_however_many_columns_it_is_in(ws: Workspace) -> None:
    """Forty attributes, each missing in a few of twenty cases: one finding, the column that misses most first."""
    names = [f"@a{n:02}" for n in range(40)]
    rows = [row(f"c{n}", "Check", at(n), None, "Ada") for n in range(20)]
    cases = {
        f"c{n}": {name: f"v{n}" if n > 1 + (place == 7) else None for place, name in enumerate(names)}
        for n in range(20)
    }
    report = quality_report(ws, View(stored(ws, rows, cases=cases).log))
    (missing,) = [finding for finding in report.findings if finding.code == "missing_values"]
    assert len(missing.places) == 40
    assert missing.columns[:3] == ("@a07", "@a00", "@a01")
    assert (missing.count, missing.share) == (3, 0.15)


def test_the_gravest_come_first(ws: Workspace) -> None:
    more = [row("x", "Check", at(1), at(3)), row("x", "pay", at(5), at(4)), row("y", "Pay", at(9), at(8))]
    log = stored(ws, [*sound(), *more]).log
    findings = quality_report(ws, View(log)).findings
    order = [(list(Severity).index(finding.severity), -finding.worst.touched) for finding in findings]
    assert order == sorted(order)
    assert len(order) >= 3


def test_a_report_is_made_once_and_anew_where_its_file_is_damaged(ws: Workspace) -> None:
    log = stored(ws, [*sound(), row("x", "Check", at(1), at(3))]).log
    first = quality_report(ws, View(log))
    (file,) = (ws.settings.home / "cache" / "quality").glob(f"{log}.*.report.json")
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text(file.read_text().replace('"count": 1', '"count": 7'))
    assert quality_report(ws, View(log)) != first  # it was read from the file
    file.write_text("{")
    assert quality_report(ws, View(log)) == first


def test_a_cleaned_version_has_a_report_of_its_own(ws: Workspace) -> None:
    log = stored(ws, [*sound(), row("x", "Check", at(1), at(3)), row("x", "Pay", at(5), at(4), "Ada")]).log
    (finding,) = [f for f in quality_report(ws, View(log)).findings if f.code == "negative_service"]
    clean(ws, log, None, finding.steps, by=local("Ada"))
    assert "negative_service" not in [f.code for f in quality_report(ws, View(log)).findings]
    assert "negative_service" in [f.code for f in quality_report(ws, View(log, 1)).findings]


def test_an_unknown_log(ws: Workspace) -> None:
    with pytest.raises(NotFound, match="no event log `nothing`"):
        quality_report(ws, View("nothing"))
    with pytest.raises(NotFound):
        ws.logs.get("nothing")
