"""`tandem audit`: who attempted what, how it was decided and why, and whether the log is still whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.context import Acting, All, Json, actor, workspace
from app.output import console, limited, say_more, show_json, show_table

if TYPE_CHECKING:
    from app.soundness import Soundness
    from governance import AuditRecord


def register(app: typer.Typer) -> None:
    """Add `tandem audit` and its verbs."""
    noun = typer.Typer(help="List, verify and export the audit log.", no_args_is_help=True)
    for name, verb in (("list", _list), ("verify", _verify), ("export", _export), ("erase", _erase)):
        noun.command(name)(verb)
    app.add_typer(noun, name="audit")


def _list(
    principal: Annotated[str | None, typer.Option(help="Only of this person or agent, by name or id.")] = None,
    effect: Annotated[str | None, typer.Option(help="Only decided so: allow, `needs approval` or deny.")] = None,
    kind: Annotated[
        str | None, typer.Option(help="Only of this kind: attempt, outcome, change, approval or erasure.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most so many records. Default: 20; with --json, all.")
    ] = None,
    after: Annotated[int | None, typer.Option(help="Go on below this record number.")] = None,
    every: All = False,
    as_json: Json = False,
) -> None:
    """List audit records, newest first."""
    from app.simulation import marked_names
    from governance import audit_records

    most = limited(limit, every or (as_json and limit is None))
    with workspace() as ws:
        found = audit_records(ws, principal=principal, effect=effect, kind=kind, limit=most + 1, after=after)
        names = marked_names(ws)
    more, found = len(found) > most, found[:most]
    if as_json:
        return show_json(found)
    headings = ("no", "at", "who", "proved by", "machine user", "what", "decision", "why")
    show_table(headings, [_row(record, names) for record in found], empty="There are no such audit records.")
    return say_more(most) if more else None


def _row(record: AuditRecord, names: Mapping[str, str]) -> tuple[object, ...]:
    from app.simulation import proof_in_words, with_names

    who = record.principal_name or record.principal
    who += " (simulated)" if record.simulated else ""
    if record.on_behalf_of:
        who += f" for {names.get(record.on_behalf_of, record.on_behalf_of)}"
    decision = record.effect.value if record.effect else record.kind.value
    return (
        record.number,
        record.at.strftime("%Y-%m-%d %H:%M:%S"),
        who,
        proof_in_words(record.proof),
        record.machine_user or "",
        f"{record.action} {record.resource_type} {with_names(record.resource_id, names)}",
        decision + (f", {record.outcome.value}" if record.outcome else ""),
        with_names(" ".join(record.reasons), names),
    )


def _verify(
    file: Annotated[Path | None, typer.Argument(help="An exported audit log to verify without the database.")] = None,
    against: Annotated[
        Path | None, typer.Option(help="An earlier export: its last record must still be in the log.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Verify the audit log, or an exported one; exit status 1 and the first broken record if it was tampered with."""
    found = _verification(file, against)
    if as_json:
        show_json({**asdict(found.verification), "foreign_queue_entries": found.foreign})
    else:
        for sentence in found.said:
            console().print(sentence, markup=False)
    if not found.ok:
        raise typer.Exit(1)


def _verification(file: Path | None, against: Path | None) -> Soundness:
    from app.soundness import soundness, soundness_of

    if file is not None:
        return soundness_of(file)
    with workspace() as ws:
        return soundness(ws, against=against)


def _export(
    file: Annotated[Path, typer.Argument(help="File to write: JSON lines.")],
    without_payloads: Annotated[
        bool, typer.Option("--without-payloads", help="Leave out the payloads, which may hold personal data.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the file if it is there.")] = False,
    as_json: Json = False,
) -> None:
    """Export the audit log for verification elsewhere. Keep the file where the database's owner cannot change it."""
    from app.theme.formats import plural
    from governance import export_audit

    with workspace() as ws:
        head = export_audit(ws, file, payloads=not without_payloads, replace=replace)
    if as_json:
        return show_json({"file": file, "head": head})
    return console().print(f"Exported {plural(head.number, 'record')} to {file}. Last hash: {head.hash}", markup=False)


def _erase(
    record: Annotated[int, typer.Argument(help="Number of the audit record.")],
    reason: Annotated[str, typer.Option(help="Why, for those who read it later.")],
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Erase the payload of a record, such as personal data. The record itself stays, and so does the chain."""
    from app.verbs import erase_payload

    with workspace() as ws:
        number = erase_payload(ws, record, reason=reason, by=actor(ws, acting))
    if as_json:
        return show_json({"erased": record, "record": number})
    return console().print(f"The payload of record {record} is erased; record {number} says so.", markup=False)
