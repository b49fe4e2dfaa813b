"""`tandem run`: executions of workflows, from start to end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.context import Acting, All, Json, actor, numbered, workspace
from app.output import console, limited, say_more, show_json, show_table

if TYPE_CHECKING:
    from orchestrator.running.records import Run

_LONGEST = 1_000  # characters of one cell or line
Which = Annotated[str, typer.Argument(help="Id of the run.")]
Reason = Annotated[str, typer.Option(help="Why. It is kept with the run and in the audit log.")]


def register(app: typer.Typer) -> None:
    """Add `tandem run` and its verbs."""
    noun = typer.Typer(help="Start, list, show and control runs, export them as an event log.", no_args_is_help=True)
    verbs = (
        ("start", _start), ("list", _list), ("show", _show), ("pause", _pause), ("resume", _resume),
        ("cancel", _cancel), ("retry", _retry), ("export", _export),
    )  # fmt: skip
    for name, verb in verbs:
        noun.command(name)(verb)
    app.add_typer(noun, name="run")


def _start(
    workflow: Annotated[str, typer.Argument(help="Name of a promoted workflow.")],
    context: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="One field of the context, as name=value; give it again for more. `supplier.name` is `name` inside "
            "`supplier`.",
        ),
    ] = None,
    file: Annotated[Path | None, typer.Option("--context", help="JSON file with the context, an object.")] = None,
    key: Annotated[
        str | None, typer.Option(help="Starting again with the same key and context gives the same run.")
    ] = None,
    version: Annotated[
        int | None,
        numbered("--version", "Version of the workflow. Default: the newest promoted."),
    ] = None,
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Start a run."""
    from app.values import read_values
    from app.verbs import start_run

    values = read_values(file, context or ())
    with workspace() as ws:
        run = start_run(ws, workflow, context=values, key=key, version=version, by=actor(ws, acting))
    _show_state(run, as_json)
    for warning in () if as_json else run.warnings:
        console().print(f"warning: {warning}", markup=False)
    if run.started_before and not as_json:
        console().print(f"It was started before with the key {key}; nothing was started now.", markup=False)


def _list(
    workflow: Annotated[str | None, typer.Option(help="Only runs of this workflow.")] = None,
    status: Annotated[str | None, typer.Option(help="running, paused, completed, cancelled or failed.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Most runs to list. Default: 20; with --json, all.")] = None,
    every: All = False,
    as_json: Json = False,
) -> None:
    """List runs, newest first."""
    from orchestrator.running.runs import list_runs

    most = limited(limit, every or (as_json and limit is None))
    with workspace() as ws:
        runs = list_runs(ws, workflow=workflow, status=status, limit=most + 1)
    more, runs = len(runs) > most, runs[:most]
    if as_json:
        return show_json(runs)
    rows = [
        (
            r.id,
            r.key,
            f"{r.workflow} {r.version}",
            r.status,
            _moment(r.started_at),
            _moment(r.ended_at),
            _mark(r),
            r.cause,
        )
        for r in runs
    ]
    headings = ("id", "key", "workflow", "status", "started", "ended", "", "cause")
    show_table(headings, rows, empty="There are no such runs. Start one: tandem run start WORKFLOW.")
    return say_more(most) if more else None


def _show(run: Which, every: All = False, as_json: Json = False) -> None:
    """Show a run with its work items and everything that happened."""
    from app.happened import happened
    from app.output import plain
    from app.simulation import marked_names
    from app.spelled import cut
    from orchestrator.running.effects import effects_of
    from orchestrator.running.runs import get_run

    with workspace() as ws:
        found = get_run(ws, run)
        names, effects, told = marked_names(ws), effects_of(ws, run), happened(ws, found)
    if as_json:
        return show_json(plain(found) | {"effects": plain(effects)})
    console().print(f"{found.id}: {found.workflow} {found.version}, {found.status} {_mark(found)}", markup=False)
    if found.key is not None:
        console().print(f"  started with the key {cut(found.key)}", markup=False)
    for name, value in found.state.context.items():
        console().print(f"  {cut(name)}: {cut(str(value), _LONGEST)}", markup=False)
    items = [
        (
            i.item,
            cut(i.label),
            i.status,
            cut(names.get(i.performer or i.claimed_by or i.agent or "", i.role)),
            i.attempt,
            cut(i.cause or "", _LONGEST),
        )
        for i in found.items
    ]
    show_table(("item", "task", "status", "who", "attempt", "cause"), items, every=every, what="work items",
               empty="  Nothing was offered yet.")  # fmt: skip
    if effects:
        asked = [
            (e.item, e.status, f"{e.action} in {e.connector}", cut(e.key), cut(e.cause or "", _LONGEST))
            for e in effects
        ]
        show_table(("item", "state", "in systems of record", "known there as", "cause"), asked, every=every,
                   what="effects", empty="")  # fmt: skip
    history = [(h.number, _moment(h.at), cut(h.line, _LONGEST)) for h in told]
    return show_table(("", "at", "what happened"), history, every=every, what="events",
                      empty="  Nothing has happened yet.")  # fmt: skip


def _pause(run: Which, reason: Reason, acting: Acting = "", as_json: Json = False) -> None:
    """Pause a run: what agents are doing is still completed, nothing new is begun."""
    from app.verbs import pause_run

    _control(pause_run, run, reason, acting, as_json)


def _resume(run: Which, reason: Reason, acting: Acting = "", as_json: Json = False) -> None:
    """Resume a paused run."""
    from app.verbs import resume_run

    _control(resume_run, run, reason, acting, as_json)


def _cancel(run: Which, reason: Reason, acting: Acting = "", as_json: Json = False) -> None:
    """Cancel a run for good; its open work items are withdrawn."""
    from app.verbs import cancel_run

    _control(cancel_run, run, reason, acting, as_json)


def _retry(run: Which, reason: Reason, acting: Acting = "", as_json: Json = False) -> None:
    """Retry a failed run where it failed."""
    from app.verbs import retry_run

    _control(retry_run, run, reason, acting, as_json)


def _export(
    workflow: Annotated[str, typer.Argument(help="Name of the workflow.")], acting: Acting = "", as_json: Json = False
) -> None:
    """Write the runs of a workflow to the next version of their event log."""
    from app.theme.formats import plural
    from app.verbs import export_runs

    with workspace() as ws:
        version = export_runs(ws, workflow, by=actor(ws, acting))
    if as_json:
        return show_json(version)
    if version is None:
        return console().print(f"Nobody has worked in a run of {workflow} yet.", markup=False)
    return console().print(
        f"{version.log} version {version.version}: {plural(version.cases, 'run')}, "
        f"{plural(version.events, 'activity instance')}.",
        markup=False,
    )


def _control(verb: Callable[..., Run], run: str, reason: str, acting: str, as_json: bool) -> None:
    with workspace() as ws:
        changed = verb(ws, run, reason=reason, by=actor(ws, acting))
    _show_state(changed, as_json)


def _show_state(run: Run, as_json: bool) -> None:
    if as_json:
        show_json(run)
    else:
        console().print(f"The run {run.id} of {run.workflow} {run.version} is {run.status}.", markup=False)


def _moment(moment: Any) -> str | None:
    return moment.strftime("%Y-%m-%d %H:%M:%S") if moment else None


def _mark(run: Run) -> str:
    return "simulated" if run.simulated else ""
