"""`tandem log` on stored versions: how far one can be trusted, cleaning steps, lineage, personal data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands import noun
from app.context import Acting, All, Json, Version, actor, workspace
from app.output import console, show_json, show_table, top
from core.errors import BadInput

if TYPE_CHECKING:
    from core.eventlog import LogVersion
    from ingest import FindingPlace, QualityFinding, QualityReport, Step

Log = Annotated[str, typer.Argument(help="Name of the event log.")]
Steps = Annotated[
    list[str] | None,
    typer.Option(
        "--step",
        help="A cleaning step, as KIND:FIELD=VALUE,... or JSON: `--step drop_duplicates`, "
        "`--step drop_cases:where=incomplete`, "
        "`--step 'merge_labels:mapping=chek>Check|CHECK>Check'`. May be repeated.",
    ),
]
StepsFile = Annotated[Path | None, typer.Option("--steps", help="File with a JSON list of cleaning steps.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, kept with the new version.")]
Number = Annotated[int, typer.Argument(help="Number of the step in `tandem log lineage`.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what each step would change.")]


_FEW = 3  # columns or steps of one finding, the worst and the first


def register(app: typer.Typer) -> None:
    """Add the verbs to `tandem log`, which `log.py` has made."""
    group = noun(app, "log")
    verbs = (
        ("report", _report), ("clean", _clean), ("lineage", _lineage), ("undo", _undo), ("personal", _personal),
        ("forget-key", _forget_key),
    )  # fmt: skip
    for name, verb in verbs:
        group.command(name)(verb)


def _report(log: Log, version: Version = None, every: All = False, as_json: Json = False) -> None:
    """Show how far an event log can be trusted: every finding, what it puts in doubt, what is withheld and why."""
    from app.theme.formats import share
    from core.view import find_view
    from ingest import quality_report

    with workspace() as ws:
        report = quality_report(ws, find_view(ws, log, version))
    if as_json:
        return show_json(vars(report) | {"findings": list(map(_finding_json, report.findings))})
    rows = [
        (f.severity.value, _titled(f), f"{f.count:,}", share(f.share), f"{f.total:,} {f.of}", ", ".join(f.doubts))
        for f in report.findings
    ]
    headings = ("severity", "finding", "count", "share", "of", "in doubt")
    show_table(headings, rows, empty="Nothing was found.", every=every, what="findings")
    if any(len(f.places) > 1 for f in report.findings):
        console().print("Where a finding is in several columns, its figures are those of the worst.", markup=False)
    _print_columns(report.findings, every)
    for finding in top(report.findings, every):
        for offer in finding.offers if every else finding.offers[:_FEW]:
            console().print(f"{finding.title}: {offer.step.words}? {_sentence(offer.effect)}.", markup=False)
        for reason in finding.not_offered:
            console().print(f"{finding.title}. {reason}", markup=False)
    held = [
        (result.value, f"below {why.below // 3600} h" if why.below else "all", why.reason)
        for result, why in report.withheld.items()
    ]
    show_table(("withheld", "how much", "why"), held, empty="The log can carry every result.")
    _print_completeness(report, every)
    console().print(f"{len(report.clear)} of the rules found nothing.", markup=False)
    return None


def _print_completeness(report: QualityReport, every: bool) -> None:
    """With which activities cases end, and which of them are taken for the end of a case."""
    from app.theme.formats import share

    console().print(report.completeness.words, markup=False)
    rows = [
        (e.activity, f"{e.cases:,}", share(e.share), "complete" if e.over else "open or unknown")
        for e in report.completeness.endings
    ]
    if rows:
        columns = ("cases end with", "cases", "of old cases with it, end with it", "taken as")
        show_table(columns, rows, empty="", every=every, what="endings")


def _print_columns(findings: Sequence[QualityFinding], every: bool) -> None:
    """The columns of the findings that were made in several, where every one is asked for."""
    from app.theme.formats import share

    rows = [
        (f.title, place.column, place.severity.value, f"{place.count:,}", share(place.share), f"{place.total:,}")
        for f in findings
        for place in f.places
        if len(f.places) > 1
    ]
    if every and rows:
        show_table(("finding", "column", "severity", "count", "share", "of"), rows, empty="")


def _finding_json(finding: QualityFinding) -> dict[str, Any]:
    from ingest import step_to_json

    worst = {name: getattr(finding, name) for name in ("severity", "count", "total", "share", "examples", "doubts")}
    return {
        "code": finding.code, "title": finding.title, "why": finding.why, **worst, "of": finding.of,
        "advice": finding.advice, "places": list(map(_place_json, finding.places)),
        "steps": [step_to_json(step) for step in finding.steps],
        "not_offered": finding.not_offered,
    }  # fmt: skip


def _clean(
    log: Log,
    step: Steps = None,
    steps: StepsFile = None,
    version: Version = None,
    reason: Reason = "",
    dry_run: DryRun = False,
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Make the next version of an event log by cleaning steps; the version it comes from stays."""
    from app.verbs import clean
    from ingest import lineage, preview_cleaning

    chosen = _chosen(step or [], steps)
    with workspace() as ws:
        if dry_run:
            changes = preview_cleaning(ws, log, version, chosen)
            if as_json:
                return show_json(changes)
            rows = [(s.words, change.words) for s, change in zip(chosen, changes, strict=True)]
            return show_table(("step", "would change"), rows, empty="No step.")
        made = clean(ws, log, version, chosen, by=actor(ws, acting), reason=reason)
        found = lineage(ws, log, made.version).steps[-len(chosen) :]
    if as_json:
        return show_json(made)
    _say_made(made)
    return show_table(("step", "changed"), [(s.step.words, s.change.words) for s in found], empty="No step.")


def _lineage(log: Log, version: Version = None, every: All = False, as_json: Json = False) -> None:
    """Show the cleaning steps between what was imported and this version, each with what it changed."""
    from app.simulation import marked_names, name_of
    from ingest import lineage, step_to_json

    with workspace() as ws:
        found, names = lineage(ws, log, version), marked_names(ws)
    if as_json:
        return show_json(vars(found) | {"steps": [vars(s) | {"step": step_to_json(s.step)} for s in found.steps]})
    rows = [
        (
            s.number,
            f"v{s.version}",
            s.step.words,
            s.change.words,
            name_of(names, s.by),
            f"{s.at:%Y-%m-%d %H:%M}",
            s.reason,
        )
        for s in found.steps
    ]
    headings = ("step", "made", "what", "changed", "by", "when (UTC)", "why")
    return show_table(headings, rows, every=every,
                      empty=f"Version {found.version} is as it was imported: nothing was cleaned.")  # fmt: skip


def _undo(
    log: Log, number: Number, version: Version = None, reason: Reason = "", acting: Acting = "", as_json: Json = False
) -> None:
    """Make the next version of an event log without one cleaning step of its lineage."""
    from app.verbs import undo

    with workspace() as ws:
        made = undo(ws, log, version, number, by=actor(ws, acting), reason=reason)
    return show_json(made) if as_json else _say_made(made)


def _personal(log: Log, version: Version = None, every: All = False, as_json: Json = False) -> None:
    """Show the columns of an event log that look like data of persons, each with the reason."""
    from ingest import personal_columns

    with workspace() as ws:
        found = personal_columns(ws, log, version)
    if as_json:
        return show_json(found)
    rows = [(one.column, one.kind.value, "measured" if one.certain else "likely", one.reason) for one in found]
    return show_table(("column", "what", "how sure", "why"), rows, empty="No column looks personal.", every=every)


def _forget_key(log: Log, acting: Acting = "") -> None:
    """Delete the key of an event log's pseudonyms: they can never again be made from the names."""
    from app.verbs import forget_pseudonyms

    with workspace() as ws:
        path = forget_pseudonyms(ws, log, by=actor(ws, acting))
    console().print(f"Key {path} is deleted. Versions that were stored with the names still hold them.", markup=False)


def _chosen(given: list[str], file: Path | None) -> list[Step]:
    from ingest import steps_from_text

    texts = list(given)
    if file is not None:
        try:
            texts.append(file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"`{file}` cannot be read: {error}. Name a file with a JSON list of steps.") from None
    return [step for text in texts for step in steps_from_text(text)]


def _place_json(place: FindingPlace) -> dict[str, Any]:
    from ingest import step_to_json

    offers = [
        {"step": step_to_json(offer.step), "change": offer.change, "effect": offer.effect} for offer in place.offers
    ]
    return vars(place) | {"share": place.share, "offers": offers}


def _titled(finding: QualityFinding) -> str:
    """The title of a finding with its worst columns, and how many more there are."""
    columns = finding.columns
    more = f" and {len(columns) - _FEW:,} more columns" if len(columns) > _FEW else ""
    return f"{finding.title}: {', '.join(columns[:_FEW])}{more}" if columns else finding.title


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _say_made(made: LogVersion) -> None:
    from app.theme.formats import plural

    console().print(
        f"Event log {made.log} version {made.version}: {plural(made.cases, 'case')}, "
        f"{plural(made.events, 'activity instance')}, from {made.source}.",
        markup=False,
    )
