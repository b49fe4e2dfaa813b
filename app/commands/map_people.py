"""`tandem map people` and `tandem map hidden`: how work passes on, and what a log does not show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands import noun
from app.context import All, Filters, Json, Version, workspace
from app.output import console, say_rest, show_json, show_table, top

if TYPE_CHECKING:
    from mining.map.hidden import FindingFigure, Hidden, HiddenFinding
    from mining.organisation import FourEyes, Handovers, People, PingPong, SharedWork, Transfers

Log = Annotated[str, typer.Argument(help="Name of the event log.")]
By = Annotated[
    str, typer.Option("--by", help="Hand-overs by `performer`, `kind`, `system` or an attribute such as `@org:role`.")
]
First = Annotated[str, typer.Option("--first", help="Four eyes: the activity that a second person must follow up.")]
Second = Annotated[str, typer.Option("--second", help="Four eyes: the activity that the same person must not do.")]


def register(app: typer.Typer) -> None:
    """Add `people` and `hidden` to `tandem map`."""
    group = noun(app, "map")
    group.command("people")(_people)
    group.command("hidden")(_hidden)


def _people(
    log: Log, version: Version = None, by: By = "performer", first: First = "", second: Second = "",
    filters: Filters = "", every: All = False, as_json: Json = False,
) -> None:  # fmt: skip
    """Show who hands work to whom: hand-overs, ping-pong, work carried between systems, shared work, four eyes."""
    from app.told import tell
    from core.trust import Result
    from core.view import find_view
    from mining.organisation import map_people

    with workspace() as ws:
        view = find_view(ws, log, version, filters)
        found = map_people(ws, view, by=by, pair=_pair(first, second))
    tell(found.trust, (Result.PERFORMERS, Result.HAND_OVERS, Result.WAITING_TIME), apart=as_json)
    return show_json(found) if as_json else _print_people(found, every)


def _hidden(
    log: Log, version: Version = None, filters: Filters = "", every: All = False, as_json: Json = False
) -> None:
    """Show which steps the log does not show: long gaps, personal steps, work outside the calendar, swivel."""
    from app.told import tell
    from core.trust import Result
    from core.view import find_view
    from mining.map.hidden import map_hidden

    with workspace() as ws:
        found = map_hidden(ws, find_view(ws, log, version, filters))
    tell(found.trust, (Result.ORDER, Result.WAITING_TIME), apart=as_json)
    if as_json:
        return show_json(
            {
                **{name: getattr(found, name) for name in ("log", "version", "not_judged", "paths", "activities")},
                "left_out": found.left_out,
                "findings": [_finding_json(finding) for finding in found.findings],
            }
        )
    return _print_hidden(found, every)


def _pair(first: str, second: str) -> tuple[str, str] | None:
    from core.errors import BadInput

    if bool(first) != bool(second) or (first and first == second):
        raise BadInput("Four eyes need two different activities: give both --first and --second.")
    return (first, second) if first else None


def _print_people(found: People, every: bool) -> None:
    console().print(f"{found.log} version {found.version}", markup=False)
    _print_handovers(found.handovers, every)
    _print_ping_pong("Ping-pong between performers", found.ping_pong, every)
    _print_ping_pong("Ping-pong between activities", found.rework, every)
    _print_transfers(found.transfers, every)
    _print_shared(found.shared, every)
    _print_four_eyes(found.four_eyes, every)


def _print_handovers(found: Handovers, every: bool) -> None:
    from app.theme import count, duration, plural, share

    _title("Hand-overs", f"by {found.by}")
    if found.withheld:
        return _say(found.withheld)
    _say(
        f"{plural(found.count, 'hand-over')} in {count(found.cases)} of {plural(found.all_cases, 'case')}; both sides "
        f"are known for {share(found.known_steps / found.steps if found.steps else None)} of the steps."
    )
    rows = (
        (h.source, h.target, count(h.count), count(h.cases), duration(h.median_seconds),
         duration(h.total_seconds if h.median_seconds is not None else None))
        for h in found.handovers
    )  # fmt: skip
    columns = ("from", "to", "count", "cases", "median wait", "total wait")
    return show_table(columns, rows, empty="Nothing is handed over.", every=every, what="pairs")


def _print_ping_pong(title: str, found: PingPong, every: bool) -> None:
    from app.theme import count, duration, plural

    _title(title)
    if found.withheld:
        return _say(found.withheld)
    _say(f"{plural(found.count, 'return')} in {plural(found.cases, 'case')} took {duration(found.total_seconds)}.")
    rows = (
        (r.one, r.other, count(r.count), count(r.cases), duration(r.median_seconds), duration(r.total_seconds))
        for r in found.returns
    )
    columns = ("from", "to and back", "count", "cases", "median added", "total added")
    return show_table(columns, rows, empty="Nothing returns.", every=every, what="pairs")


def _print_transfers(found: Transfers, every: bool) -> None:
    from app.theme import count, duration

    _title("Work carried between systems")
    if found.withheld:
        return _say(found.withheld)
    rows = (
        (t.source, t.target, count(t.count), count(t.manual), count(t.swivel), count(t.unknown), count(t.automatic),
         duration(t.median_seconds))
        for t in found.transfers
    )  # fmt: skip
    columns = ("from", "to", "count", "by people", "same person", "by unknown", "automatic", "median wait")
    show_table(columns, rows, empty="No case moves between systems.", every=every, what="pairs of systems")
    if found.without_kinds:
        _say(found.without_kinds)
    return None


def _print_shared(found: SharedWork, every: bool) -> None:
    from app.theme import count, duration, share

    _title("Shared work")
    if found.withheld or not found.loads:
        return _say(found.withheld or "No performer is known.")
    rows = (
        (w.name, w.kind_in_words, count(w.instances), count(w.cases), count(w.activities), count(w.days),
         duration(w.service_seconds))
        for w in found.loads
    )  # fmt: skip
    columns = ("performer", "kind", "instances", "cases", "activities", "days", "service")
    show_table(columns, rows, empty="", every=every, what="performers")
    alone = [d for d in found.dependences if d.at_risk]
    rows_alone = ((d.activity, d.top, count(d.instances), count(d.top_cases)) for d in alone)
    show_table(("only one performer does", "performer", "instances", "cases"), rows_alone, every=every,
               what="activities", empty=found.why_none_at_risk)  # fmt: skip
    pairs = ((a.one, a.other, share(a.similarity), count(a.cases)) for a in found.alike)
    return show_table(("performer", "works like", "similarity", "cases together"), pairs, every=every,
                      what="pairs of performers", empty="Nobody works alike.")  # fmt: skip


def _print_four_eyes(found: FourEyes, every: bool) -> None:
    from app.theme import count, moment

    _title("Four eyes", "suggested pairs" if found.suggested else "")
    if found.withheld:
        return _say(found.withheld)
    rows = ((p.first, p.second, count(p.cases), count(p.breaches)) for p in found.pairs)
    show_table(("first", "second", "cases with both", "same performer"), rows, every=every, what="pairs",
               empty="No two activities suggest themselves. Name them with --first and --second.")  # fmt: skip
    if found.breaches and found.listed:
        _say(f"Cases in which one performer did {found.listed.first} and {found.listed.second}:")
        cases = ((b.case_id, b.performer, b.kind, moment(b.first_ended), moment(b.second_ended))
                 for b in found.breaches)  # fmt: skip
        show_table(("case", "performer", "kind", "first", "second"), cases, empty="", every=every, what="cases")
    return None


def _print_hidden(found: Hidden, every: bool) -> None:
    from app.theme import count

    console().print(f"{found.log} version {found.version}: {len(found.findings)} findings", markup=False)
    for finding in top(found.findings, every):
        sure = finding.confidence
        console().print(
            f"\n{sure.strength.value}, {sure.value:.2f} (support {sure.support:.2f}, consistency "
            f"{sure.consistency:.2f}, effect {sure.effect:.2f}); {finding.kind.value}; {count(finding.cases)} cases",
            markup=False,
        )
        _say(f"  {finding.claim}")
        _say(f"  {finding.meaning}")
        _say(f"  {'; '.join(f'{e.name}: {_reads(e)}' for e in finding.evidence)}")
        _say(f"  for example {', '.join(finding.examples[:5])}")
    say_rest(len(top(found.findings, every)), len(found.findings), "findings")
    for left in found.not_judged:
        _say(f"\nNot judged, {left.kind.value}: {left.reason}")
    _say(
        f"\nJudged: {count(found.paths)} paths and {count(found.activities)} activities. {count(found.left_out)} "
        "findings with a confidence below 0.3 are left out. It ranks and is no probability: see docs/people.md."
    )


def _reads(evidence: FindingFigure) -> str:
    from app.theme import count, duration, share

    value = evidence.value
    if isinstance(value, str):
        return value
    if evidence.unit == "count":
        return count(int(value)) if value == int(value) else f"{value:,.1f}"
    if evidence.unit == "seconds":
        return duration(value)
    return share(value) if evidence.unit == "share" else f"{value:.1f}"


def _finding_json(finding: HiddenFinding) -> dict[str, Any]:
    from app.output import plain

    sure = {"value": finding.confidence.value, "strength": finding.confidence.strength}
    whole: dict[str, Any] = plain(finding)
    return {**whole, "confidence": {**plain(finding.confidence), **plain(sure)}}


def _title(title: str, more: str = "") -> None:
    console().print(f"\n{title}{', ' + more if more else ''}", style="bold", markup=False)


def _say(text: str) -> None:
    console().print(text, markup=False)
