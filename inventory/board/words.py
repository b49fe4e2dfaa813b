"""What minutes say, as tables and sentences that Markdown and HTML both write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.figures import per_cent
from inventory.board.minutes import BoardMinutes
from inventory.costs import MonthlyCost
from inventory.decisions.values import PilotDecision
from inventory.overlap.values import PilotCluster

NOTHING = "–"


@dataclass(frozen=True)
class ReportTable:
    """A table: its headings and its cells."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ReportPart:
    """A part of the report: a title, sentences, tables."""

    title: str
    level: int  # 1 for the report, 2 for its parts, 3 for decisions
    sentences: tuple[str, ...] = ()
    tables: tuple[ReportTable, ...] = ()


def parts(told: BoardMinutes) -> tuple[ReportPart, ...]:
    """The report from its title to its end."""
    return (
        ReportPart("AI pilots: board report", 1, (f"As of {told.at:%Y-%m-%d %H:%M} UTC.", *_left_out(told))),
        _portfolio(told),
        ReportPart(
            "Decisions", 2,
            () if told.decisions else ("No decision is told here: none was made, or none stands.",),
        ),
        *(part for one in told.decisions for part in _decision(one)),
        _due(told),
        _overlaps(told),
        _gaps(told),
        _risks(told),
        ReportPart("What came of earlier expectations", 2, (told.correction.words,), _ledger(told)),
    )  # fmt: skip


def _left_out(told: BoardMinutes) -> tuple[str, ...]:
    if not told.simulated:
        return ()
    return (f"Work of simulated performers is not counted; left out: {', '.join(told.simulated)}.",)


def _portfolio(told: BoardMinutes) -> ReportPart:
    whole = told.portfolio
    outcomes = ", ".join(f"{number} {name}" for name, number in whole.outcomes.items()) or "none"
    rows = tuple(
        (d.department, f"{d.pilots:,}", f"{d.active:,}", money(d.spend), f"{d.spend_known} of {d.active}",
         NOTHING if d.decided_share is None else per_cent(d.decided_share))
        for d in whole.departments
    )  # fmt: skip
    headings = ("Department", "Pilots", "Not stopped", "Spend a month", "Cost known of", "Decided")
    return ReportPart(
        "Portfolio", 2,
        (
            f"{len(whole.points):,} pilots, {whole.active:,} of them not stopped, in {len(whole.departments):,} "
            f"departments. Spend a month: {money(whole.spend)} (cost known of {whole.spend_known} of {whole.active}). "
            f"A decision stands about {whole.decided:,} pilots: {outcomes}.",
        ),
        (ReportTable(headings, rows),),
    )  # fmt: skip


def _decision(one: PilotDecision) -> Iterable[ReportPart]:
    into = f" into {one.into_name}" if one.into_name else ""
    said = [
        f"Decided by {one.by_name} on {one.at:%Y-%m-%d %H:%M} UTC; to be decided again by {one.until}. "
        f"State: {one.state}.",
        f"Rationale: {one.rationale}",
    ]
    if one.withdrawn_at is not None:
        said.append(f"Withdrawn by {one.withdrawn_by} on {one.withdrawn_at:%Y-%m-%d}: {one.withdrawn_reason}")
    tables = []
    if one.follow_ups:
        rows = tuple(
            (
                s.what,
                s.who,
                f"{s.due}",
                NOTHING if s.done_at is None else f"{s.done_at:%Y-%m-%d} {s.note or ''}".strip(),
            )
            for s in one.follow_ups
        )
        tables.append(ReportTable(("Follow-up", "Who", "Due", "Done"), rows))
    yield ReportPart(f"{one.id}. {one.outcome.value.capitalize()}{into}: {', '.join(one.names)}", 3, tuple(said),
                     tuple(tables))  # fmt: skip
    for name, pilot in zip(one.names, one.pilots, strict=True):
        yield _evidence(name, one.evidence[str(pilot)])


def _evidence(name: str, known: Mapping[str, Any]) -> ReportPart:
    """What was known of one pilot when it was decided, from what was frozen."""
    found = known["assessment"]
    suggested = found["suggestion"] or "nothing"
    same = found["steadiness"]["same"]
    steady = "" if same is None else (
        f" With weights moved by up to {per_cent(found['steadiness']['spread'])}, {per_cent(same)} of "
        f"{found['steadiness']['draws']:,} draws suggest the same."
    )  # fmt: skip
    unknown = f" Not known: {', '.join(found['unknown'])}." if found["unknown"] else ""
    rows = tuple(
        (c["title"], number_in_words(c["number"], c["unit"]),
         NOTHING if c["score"] is None else f"{100 * c['score']:.0f}", f"{c['weight']:g}", c["evidence"],
         c["words"], c["source"])
        for c in found["criteria"]
    )  # fmt: skip
    headings = ("Criterion", "Number", "Score", "Weight", "Evidence", "What it says", "Source")
    return ReportPart(
        f"What was known of {name}", 4,
        (
            f"The rubric suggested {suggested}. {found['reason']} Value {points(found['value'])}, readiness "
            f"{points(found['readiness'])}.{steady}{unknown}",
            f"Claimed against measured: {found['claim']['words']}",
            f"What stops if it stops: {known['anchor']}",
        ),
        (ReportTable(headings, rows),),
    )  # fmt: skip


def points(axis: Mapping[str, Any]) -> str:
    """An axis' score as it was frozen, such as "62 of 100 (70 % known)"."""
    if axis["value"] is None:
        return "not known"
    return f"{100 * axis['value']:.0f} of 100 ({per_cent(axis['coverage'])} known)"


def number_in_words(number: float | None, unit: str) -> str:
    """A criterion's number for people; "not known" where there is none."""
    if number is None:
        return "not known"
    if unit in ("share", "probability"):
        return f"{'−' if number < 0 else ''}{per_cent(abs(number))}"
    whole = (f"{number:,.0f}" if number == int(number) else f"{number:,.2f}").replace("-", "−")
    return whole if unit in ("ratio",) or unit.startswith("0 low") else f"{whole} {unit}"


def _due(told: BoardMinutes) -> ReportPart:
    rows = tuple(
        (f"{d.follow_up.due}{' (overdue)' if d.overdue else ''}", d.follow_up.what, d.follow_up.who,
         f"{d.decision}. {d.outcome.value}: {', '.join(d.pilots)}")
        for d in told.due
    )  # fmt: skip
    said = tuple(
        f"Decision {d.id} ({d.outcome.value}: {', '.join(d.names)}) expired on {d.until}: decide again."
        for d in told.expired
    )
    tables = (ReportTable(("Due", "Follow-up", "Who", "Decision"), rows),) if rows else ()
    return ReportPart("What is due", 2, said or (() if rows else ("Nothing is due.",)), tables)


def _overlaps(told: BoardMinutes) -> ReportPart:
    rows = tuple(
        (", ".join(c.names), ", ".join(c.departments), per_cent(c.probability), money(c.costs), _work(c),
         " ".join(c.reasons))
        for c in told.clusters
    )  # fmt: skip
    headings = ("Pilots", "Departments", "Probability", "Cost a month", "Mined work", "Why")
    empty = "No two pilots are shown as the same work."
    return _list("Pilots that may do the same work", told.clusters_all, rows, headings, empty, "These are proposals.")


def _work(one: PilotCluster) -> str:
    told = [f"{p.activity}: {p.cases_a_month:,.1f} cases a month" for p in one.proof if p.cases_a_month is not None]
    return "; ".join(told) or NOTHING


def _gaps(told: BoardMinutes) -> ReportPart:
    rows = tuple((g.demand.activity, g.demand.log, g.reason) for g in told.gaps)
    return _list(
        "Work that no pilot touches", told.gaps_all, rows, ("Activity", "Event log", "Why"), "No gap is known."
    )


def _risks(told: BoardMinutes) -> ReportPart:
    rows = tuple((r.pilot_name, r.department, r.severity.value, r.finding, r.todo or r.text) for r in told.risks)
    headings = ("Pilot", "Department", "Severity", "Finding", "What to do")
    return _list("Risks", told.risks_all, rows, headings, "No pilot breaks a rule.")


def _list(
    title: str, every: int, rows: tuple[tuple[str, ...], ...], headings: tuple[str, ...], empty: str, note: str = ""
) -> ReportPart:
    if not rows:
        return ReportPart(title, 2, (empty,))
    first = f"The first {len(rows)} of {every:,}. " if every > len(rows) else ""
    said = f"{first}{note}".strip()
    return ReportPart(title, 2, (said,) if said else (), (ReportTable(headings, rows),))


def _ledger(told: BoardMinutes) -> tuple[ReportTable, ...]:
    rows = tuple(
        (one.entry.about, one.entry.expected.metric,
         f"{one.entry.expected.value:,.4g} {one.entry.expected.unit}".strip(),
         one.entry.expected.evidence.value, f"{score.days} days",
         str(score.verdict), NOTHING if score.measured is None else f"{score.measured:,.4g}", score.reason)
        for one in told.ledger for score in one.scores
    )  # fmt: skip
    headings = ("Subject", "Metric", "Expected", "Evidence", "After", "Verdict", "Measured", "Why")
    return (ReportTable(headings, rows),) if rows else ()


def money(amounts: Sequence[MonthlyCost]) -> str:
    """Amounts by currency, never added: "1,200.00 EUR + 300.00 USD"."""
    return " + ".join(f"{one.amount:,.2f} {one.currency}" for one in amounts) or NOTHING
