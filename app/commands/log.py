"""`tandem log`: event logs imported from files and databases, listed, shown, and how sound each is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.context import Acting, All, Json, Version, actor, workspace
from app.options import repeated
from app.output import MOST, console, show_json, show_table, top
from core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.eventlog import LogVersion
    from ingest import ImportResult, RoleGuess

File = Annotated[
    Path,
    typer.Argument(
        help="XES, CSV, TSV, Excel, Parquet, JSON lines or OCEL 2.0 file; all but Excel and Parquet also as .gz."
    ),
]
Url = Annotated[
    str, typer.Argument(help="SQLAlchemy URL of the database, such as `postgresql://user@host/db` or `sqlite:///f.db`.")
]
Log = Annotated[str, typer.Argument(help="Name of the event log.")]
Name = Annotated[str | None, typer.Option("--name", help="Name of the event log. Default: the file's name.")]
LogName = Annotated[str, typer.Option("--name", help="Name of the event log.")]
Hidden = Annotated[
    list[str] | None,
    typer.Option("--pseudonymise", metavar="COLUMN", help="Column or role to store pseudonyms of. May be repeated."),
]
Sheet = Annotated[
    str | None, typer.Option("--sheet", help="Sheet of the workbook. Default: the first that has a table.")
]
ObjectType = Annotated[
    str | None, typer.Option("--object-type", help="Of OCEL: the objects of this type are the cases.")
]
Sql = Annotated[str | None, typer.Option("--sql", help="The query: one SELECT that gives a row for each event.")]
SqlFile = Annotated[Path | None, typer.Option("--sql-file", help="File that holds the query, instead of `--sql`.")]
PasswordIn = Annotated[
    str | None,
    typer.Option("--password-in", metavar="VARIABLE", help="Environment variable that holds the password of the URL."),
]
Zone = Annotated[str, typer.Option("--timezone", help="Where timestamps that state no offset from UTC were taken.")]
Encoding = Annotated[str | None, typer.Option("--encoding", help="Encoding of the text, if it is not UTF-8.")]
Order = Annotated[
    str | None, typer.Option("--date-order", help="`dmy` or `mdy`, where no value tells days from months.")
]
Kept = Annotated[
    str | None,
    typer.Option("--mapping", help="Answers kept by the import wizard; options given here come before them."),
]
Kinds = Annotated[list[str] | None, repeated("--kind", "NAME=KIND", "What a performer is: `--kind 112=system`.")]


def _column(role: str, meaning: str) -> Any:
    return typer.Option(f"--{role}", metavar="COLUMN", help=f"Column {meaning}. Default: guessed; '' for none.")


def _moment(role: str, meaning: str) -> Any:
    joined = "`date+time` joins two"
    return typer.Option(
        f"--{role}", metavar="COLUMN", help=f"Column {meaning}; {joined}. Default: guessed; '' for none."
    )


def _required(role: str, meaning: str) -> Any:
    return typer.Option(f"--{role}", metavar="COLUMN", help=f"Column {meaning}. Default: guessed.")


Case = Annotated[str | None, _required("case", "that names the case")]
Activity = Annotated[str | None, _required("activity", "that names the activity")]
End = Annotated[str | None, _moment("end", "of when the activity was completed")]
Start = Annotated[str | None, _moment("start", "of when the activity was started")]
Performer = Annotated[str | None, _column("performer", "of who did it")]
PerformerKind = Annotated[str | None, _column("performer-kind", "that says whether a human or a system did it")]
System = Annotated[str | None, _column("system", "of the system of record it was done in")]
Cost = Annotated[str | None, _column("cost", "of what it cost")]
Outcome = Annotated[str | None, _column("outcome", "that says whether it failed")]
Due = Annotated[str | None, _moment("due", "of when the case is due")]
Complete = Annotated[str | None, _column("complete", "that says whether the case is complete")]
Decimal = Annotated[
    str | None, typer.Option("--decimal", help="`comma` or `point`, where amounts do not show their decimal mark.")
]
Words = Annotated[
    bool,
    typer.Option("--missing-words/--no-missing-words", help="Read words such as `NA` and `NULL` as missing values."),
]
Errors = Annotated[
    str | None,
    typer.Option("--error-words", metavar="WORDS", help="Outcomes that are errors, by comma: `rejected,declined`."),
]
Pauses = Annotated[list[str] | None, repeated("--pause", "ACTIVITY", "Activity that waits for somebody outside.")]
Ends = Annotated[
    list[str] | None,
    repeated(
        "--ends",
        "ACTIVITY",
        "Activity with which a case is over, where the file does not say which cases are complete; `*` for any. "
        "Default: those after which old cases do not go on.",
    ),
]
Lifecycle = Annotated[str | None, _column("lifecycle", "of the lifecycle transition, such as start or complete")]


def register(app: typer.Typer) -> None:
    """Add `tandem log` and its verbs."""
    noun = typer.Typer(help="Import event logs, list and show them, and see how sound they are.", no_args_is_help=True)
    for name, verb in (("import", _import), ("query", _query), ("list", _list), ("show", _show), ("quality", _quality)):
        noun.command(name)(verb)
    app.add_typer(noun, name="log")


def _import(
    file: File,
    name: Name = None,
    case: Case = None,
    activity: Activity = None,
    end: End = None,
    start: Start = None,
    performer: Performer = None,
    performer_kind: PerformerKind = None,
    system: System = None,
    cost: Cost = None,
    outcome: Outcome = None,
    due: Due = None,
    complete: Complete = None,
    lifecycle: Lifecycle = None,
    timezone: Zone = "UTC",
    encoding: Encoding = None,
    date_order: Order = None,
    decimal: Decimal = None,
    missing_words: Words = True,
    error_words: Errors = None,
    pause: Pauses = None,
    ends: Ends = None,
    kind: Kinds = None,
    sheet: Sheet = None,
    object_type: ObjectType = None,
    pseudonymise: Hidden = None,
    mapping: Kept = None,
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Import an event log from a file: all of it or, with every problem named, nothing."""
    from app.verbs import import_log
    from ingest import get_mapping

    if sheet is not None and object_type is not None:
        raise BadInput("`--sheet` is of a workbook and `--object-type` of OCEL: give one of them.")
    columns = {
        "case": case, "activity": activity, "end": end, "start": start, "performer": performer,
        "performer_kind": performer_kind, "system": system, "cost": cost, "outcome": outcome, "due": due,
        "complete": complete, "lifecycle": lifecycle,
    }  # fmt: skip
    said = {role: column for role, column in columns.items() if column is not None}
    with workspace() as ws, _progress("Opening the file") as progress:
        kept = get_mapping(ws, mapping) if mapping else None
        if kept is not None:
            said = {**kept.roles, **said}
            timezone = kept.timezone if timezone == "UTC" else timezone
            encoding, date_order = encoding or kept.encoding, date_order or kept.date_order
            decimal, missing_words = decimal or kept.decimal, missing_words and kept.missing_words
        done = import_log(
            ws, file, log=name, roles=said, timezone=timezone, encoding=encoding, date_order=date_order,
            performer_kinds=_kinds(kind or []) or (kept.performer_kinds if kept else {}),
            part=sheet if object_type is None else object_type, pseudonymise=pseudonymise or (),
            decimal=decimal, missing_words=missing_words,
            error_words=_listed(error_words) or (kept.error_words if kept else ()),
            pauses=pause or (kept.pauses if kept else ()), ends=ends or (kept.ends if kept else ()),
            by=actor(ws, acting), progress=progress,
        )  # fmt: skip
    _show_import(done, as_json=as_json)


def _query(
    url: Url,
    name: LogName,
    sql: Sql = None,
    sql_file: SqlFile = None,
    password_in: PasswordIn = None,
    case: Case = None,
    activity: Activity = None,
    end: End = None,
    start: Start = None,
    performer: Performer = None,
    performer_kind: PerformerKind = None,
    system: System = None,
    cost: Cost = None,
    outcome: Outcome = None,
    due: Due = None,
    complete: Complete = None,
    lifecycle: Lifecycle = None,
    timezone: Zone = "UTC",
    date_order: Order = None,
    decimal: Decimal = None,
    missing_words: Words = True,
    error_words: Errors = None,
    pause: Pauses = None,
    ends: Ends = None,
    kind: Kinds = None,
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Import an event log from a query of a SQL database, which is only read. The password is not kept."""
    from app.verbs import import_query

    columns = {
        "case": case, "activity": activity, "end": end, "start": start, "performer": performer,
        "performer_kind": performer_kind, "system": system, "cost": cost, "outcome": outcome, "due": due,
        "complete": complete, "lifecycle": lifecycle,
    }  # fmt: skip
    query, password = _sql(sql, sql_file), _secret(password_in)
    with workspace() as ws, _progress("Opening the database") as progress:
        done = import_query(
            ws, url, query, log=name, password=password,
            roles={role: column for role, column in columns.items() if column is not None},
            timezone=timezone, date_order=date_order, performer_kinds=_kinds(kind or []),
            decimal=decimal, missing_words=missing_words, error_words=_listed(error_words), pauses=pause or (),
            ends=ends or (),
            by=actor(ws, acting), progress=progress,
        )  # fmt: skip
    _show_import(done, as_json=as_json)


def _sql(text: str | None, file: Path | None) -> str:
    """The query that one of the two options gives."""
    if (text is None) is (file is None):
        raise BadInput("Give the query with `--sql` or with `--sql-file`, one of them.")
    if file is None:
        return text or ""
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise BadInput(f"`{file}` cannot be read: {what}.") from None


def _secret(variable: str | None) -> str | None:
    """The password that an environment variable holds."""
    if variable is None:
        return None
    if not os.environ.get(variable):
        raise BadInput(f"The environment variable `{variable}` of `--password-in` is not set, or empty.")
    return os.environ[variable]


def _show_import(done: ImportResult, *, as_json: bool) -> None:
    if as_json:
        return show_json(done)
    from app.theme.formats import plural

    for guess in done.guessed:
        console().print(_guessed(guess), markup=False)
    rows = f" from {plural(done.event_rows, 'row')}" if done.event_rows != done.events else ""
    period = f"{done.start:%Y-%m-%d} to {done.end:%Y-%m-%d}"
    console().print(
        f"Event log {done.log} version {done.version}: {plural(done.cases, 'case')}, "
        f"{plural(done.events, 'activity instance')}{rows}, {plural(done.activities, 'activity', 'activities')}, "
        f"{plural(done.performers, 'performer')}, {period}.",
        markup=False,
    )
    show_table(("role", "column"), done.roles.items(), empty="No column plays a role.")
    return _show_findings(done.quality, every=False, where=f"tandem log quality {done.log} --all")


def _guessed(guess: RoleGuess) -> str:
    """A guess that KPIs are computed from, with its values and how to take it back."""
    role, option = guess.role.value.replace("_", " "), guess.role.value.replace("_", "-")
    values = f" ({', '.join(guess.examples)})" if guess.examples else ""
    return f"Guessed: {role} is `{guess.column}`{values}. Say `--{option} ''` if it is not."


def _list(every: All = False, as_json: Json = False) -> None:
    """List the event logs and their versions."""
    with workspace() as ws:
        versions = ws.logs.versions()
    if as_json:
        return show_json([_plain(version) for version in versions])
    headings = ("log", "version", "cases", "events", "activities", "performers", "start", "end", "source")
    show_table(headings, map(_row, versions), every=every,
               empty="There is no event log yet. Import one: tandem log import FILE.")  # fmt: skip
    return None


def _show(log: Log, version: Version = None, as_json: Json = False) -> None:
    """Show one event log: its counts, which column became what, and who imported it when."""
    with workspace() as ws:
        found = ws.logs.get(log, version)
        meta = ws.logs.meta(found)
    mapping = meta.mapping
    if as_json:
        return show_json(
            _plain(found) | {"meta": {key: value for key, value in meta.stored.items() if key != "quality"}}
        )
    for key, value in _plain(found).items():
        console().print(f"{key.replace('_', ' '):<12} {value}", markup=False)
    rows = [(role, entry["column"], entry["reason"]) for role, entry in mapping.items()]
    show_table(("role", "column", "why"), rows, empty="It was not made from columns.")
    return None


def _quality(log: Log, version: Version = None, every: All = False, as_json: Json = False) -> None:
    """Show what was dropped or repaired on import and why, and what the checks found."""
    from app.theme.formats import plural
    from app.told import expected
    from ingest import quality

    with workspace() as ws:
        summary = quality(ws, log, version)
    if as_json:
        return show_json(summary)
    rows, instances = plural(summary["rows"], "row"), plural(summary["instances"], "activity instance")
    console().print(f"{rows} read, {instances} stored.", markup=False)
    _show_findings(summary, every)
    sample = summary["sample"]
    held = sum(single["success"] for single in sample["expectations"])
    console().print(
        f"{sample['tool']}: {held} of {plural(len(sample['expectations']), 'expectation')} hold on "
        f"{sample['rows']:,} of them.",
        markup=False,
    )
    held_of = [
        (expected(single["expectation"]), ", ".join(single["columns"]), "yes" if single["success"] else "no",
         f"{single['unexpected']:,}")
        for single in sample["expectations"]
    ]  # fmt: skip
    show_table(
        ("expectation", "column", "holds", "exceptions"),
        held_of,
        empty="No expectation.",
        every=every,
        what="expectations",
    )
    return None


def _show_findings(summary: Mapping[str, Any], every: bool, where: str = "--all") -> None:
    findings = summary["findings"]
    for finding in top(findings, every):
        console().print(f"{finding['effect']:<9} {finding['message']}", markup=False)
    if len(top(findings, every)) < len(findings):
        told = f"{MOST} of {len(findings):,} remarks are listed; `{where}` gives every one."
        console().print(told, markup=False)
    if not findings:
        console().print("Nothing was dropped, nothing repaired, nothing to warn of.", markup=False)


def _plain(version: LogVersion) -> dict[str, Any]:
    """A version as it is printed: its dates under the same names as after an import."""
    values = dict(vars(version))
    values["start"], values["end"] = values.pop("started"), values.pop("ended")
    return values


def _row(version: LogVersion) -> tuple[object, ...]:
    return (
        version.log, version.version, f"{version.cases:,}", f"{version.events:,}", f"{version.activities:,}",
        f"{version.performers:,}", f"{version.started:%Y-%m-%d}", f"{version.ended:%Y-%m-%d}", version.source,
    )  # fmt: skip


def _listed(given: str | None) -> tuple[str, ...]:
    """The words of a list that commas split."""
    return tuple(word.strip() for word in (given or "").split(",") if word.strip())


def _kinds(given: list[str]) -> dict[str, str]:
    """Performer kinds by name, from NAME=KIND; the last `=` counts, as names may have one."""
    kinds = {}
    for text in given:
        name, mark, kind = text.rpartition("=")
        if not mark or not name:
            raise BadInput(f"`--kind {text}` is not NAME=KIND, such as `--kind 112=system`.")
        kinds[name] = kind
    return kinds


@contextmanager
def _progress(first: str) -> Iterator[Callable[[str, int], None] | None]:
    """Shows what is being done on standard error, if a person is looking at it."""
    if not sys.stderr.isatty():
        yield None
        return
    with console(apart=True).status(first) as status:
        yield lambda doing, rows: status.update(f"{doing}: {rows:,}" if rows else doing)
