"""`tandem workflow`: promote a map into a workflow, let a second person sign it, see what there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from app.context import Acting, All, Json, Version, actor, numbered, version_number, workspace
from app.output import console, show_json, show_table

if TYPE_CHECKING:
    from core.workspace import Workspace
    from orchestrator.machine.values import DecisionSpec, Workflow
    from orchestrator.promotion.gates import Gate
    from orchestrator.promotion.workflows import Proposal

Name = Annotated[str, typer.Argument(help="Name of the workflow.")]


def register(app: typer.Typer) -> None:
    """Add `tandem workflow` and its verbs."""
    noun = typer.Typer(help="Prepare and promote workflows from maps, sign them, see them.", no_args_is_help=True)
    for name, verb in (("prepare", _prepare), ("promote", _promote), ("sign", _sign), ("list", _list), ("show", _show)):
        noun.command(name)(verb)
    app.add_typer(noun, name="workflow")


def _prepare(
    name: Name,
    map_name: Annotated[str, typer.Option("--map", help="Name of the workflow map to promote.")],
    map_version: Annotated[
        int | None,
        numbered("--map-version", "Its version. Default: the newest."),
    ] = None,
    folder: Annotated[Path, typer.Option("--folder", help="Where the two drafts are written.")] = Path(),
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Draft bindings and policies for promoting a map, and add the roles and actions that they name."""
    from app.next_steps import next_steps
    from app.verbs import prepare

    with workspace() as ws:
        by = actor(ws, acting)
        done = prepare(ws, name, map_name=map_name, map_version=map_version, folder=folder, by=by)
    if as_json:
        return show_json(done)
    say = console().print
    say(f"Roles added: {', '.join(done.roles) or 'none'}. Actions declared: {len(done.actions)}.", markup=False)
    say(f"Wrote {done.bindings} and {done.policies}. Read and change them, then:", markup=False)
    for command in next_steps(done, map_name):
        say(f"  {command}", markup=False, soft_wrap=True)
    return None


def _promote(
    name: Name,
    map_name: Annotated[str, typer.Option("--map", help="Name of the workflow map to promote.")],
    sla_hours: Annotated[float, typer.Option("--sla-hours", help="How many hours a run may take.")],
    map_version: Annotated[
        int | None,
        numbered("--map-version", "Its version. Default: the newest."),
    ] = None,
    bindings: Annotated[
        Path | None,
        typer.Option("--bindings", help="TOML file with bindings and decisions. See docs/orchestration.md."),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Only show how the gates stand; store nothing. Exit status 2 where one is not passed."
        ),
    ] = False,
    acting: Acting = "",
    every: All = False,
    as_json: Json = False,
) -> None:
    """Propose the next version of a workflow, if it passes every gate; a second person signs it."""
    from app.verbs import promote
    from orchestrator.promotion.binding_file import read_bindings
    from orchestrator.promotion.planning import Plan, suggest_bindings
    from orchestrator.promotion.promote import gates

    with workspace() as ws, _in_few_lines(every):
        suggested = suggest_bindings(ws, name, map_name=map_name, map_version=map_version)
        tasks, decisions = read_bindings(bindings, suggested) if bindings else (suggested, {})
        if check:
            plan = Plan(name, map_name, tasks, sla_hours * 3600, map_version, decisions)
            return _checked(gates(ws, plan), as_json, every)
        proposal = promote(
            ws, name, map_name=map_name, map_version=map_version, tasks=tasks, decisions=decisions,
            sla_seconds=sla_hours * 3600, by=actor(ws, acting),
        )  # fmt: skip
        _show_proposal(ws, proposal, as_json)
    if not as_json:
        _say_next(f"tandem workflow sign {quote(name)} {proposal.version}", "as somebody else than who proposed it")
    return None


def _sign(
    name: Name,
    version: Annotated[
        int | None,
        typer.Argument(parser=version_number, metavar="VERSION", help="Which version. Default: the newest."),
    ] = None,
    acting: Acting = "",
    every: All = False,
    as_json: Json = False,
) -> None:
    """Promote a proposed version: as someone other than who proposed it."""
    from app.verbs import sign

    with workspace() as ws, _in_few_lines(every):
        _show_proposal(ws, sign(ws, name, version, by=actor(ws, acting)), as_json)
    if not as_json:
        _say_next(f"tandem run start {quote(name)}", "with `tandem worker` running where agents have a part in it")


def _say_next(command: str, how: str) -> None:
    """The command that takes the next step, and what it needs."""
    console().print(f"Next: `{command}`, {how}.", markup=False)


def _list(every: All = False, as_json: Json = False) -> None:
    """List every version of every workflow."""
    from app.output import plain
    from orchestrator.promotion.workflows import doubted_workflows, list_workflows

    with workspace() as ws:
        found, doubted = list_workflows(ws), doubted_workflows(ws)
    if as_json:
        return show_json([plain(p) | {"not_believed": doubted.get((p.name, p.version))} for p in found])
    rows = (
        (p.name, p.version, p.status, "no" if (p.name, p.version) in doubted else "yes",
         f"{p.workflow.map_name} {p.workflow.map_version}", len(p.workflow.tasks),
         f"{p.workflow.sla_seconds / 3600:,.4g}", f"{p.proposed_at:%Y-%m-%d %H:%M}")
        for p in found
    )  # fmt: skip
    columns = ("workflow", "version", "status", "believed", "map", "tasks", "SLA hours", "proposed")
    show_table(columns, rows, every=every,
               empty="There is no workflow yet. Promote a map: `tandem workflow promote`.")  # fmt: skip
    for reason in doubted.values():
        console().print(f"Not believed, so nothing of it is started: {reason}", markup=False)
    return None


def _show(
    name: Name,
    version: Version = None,
    every: All = False,
    as_json: Json = False,
) -> None:
    """Show a workflow version: its tasks, who does them, their effects and limits, how it is decided, its gates."""
    from orchestrator.promotion.workflows import get_proposal

    with workspace() as ws:
        _show_proposal(ws, get_proposal(ws, name, version), as_json, every)


def _show_proposal(ws: Workspace, proposal: Proposal, as_json: bool, every: bool = True) -> None:
    from app.simulation import marked_names, name_of

    if as_json:
        return show_json(proposal)
    names, workflow = marked_names(ws), proposal.workflow
    console().print(f"{proposal.name} version {proposal.version}: {proposal.status}", style="bold", markup=False)
    console().print(f"Tree: {workflow.tree}", markup=False)
    tasks = (
        (t.node, t.label, t.outcome, name_of(names, t.agent) if t.agent else t.role, t.action, ", ".join(t.escalation))
        for t in workflow.tasks.values()
    )
    show_table(("node", "task", "allocation", "done by", "action", "escalates to"), tasks, every=every, what="tasks",
               empty="It has no task.")  # fmt: skip
    _show_limits(workflow, every)
    decisions = ((d.node, d.by, _rules(d, workflow), d.otherwise, d.role) for d in workflow.decisions.values())
    show_table(("node", "decided by", "rules", "otherwise", "asks"), decisions, every=every, what="decisions",
               empty="There is nothing to decide.")  # fmt: skip
    return _show_gates(proposal.gates, as_json=False)


def _show_limits(workflow: Workflow, every: bool) -> None:
    """What the tasks do in systems of record, and how long whoever does them has."""
    from app.task_words import NO_EFFECT, effect_rows, limit_row
    from orchestrator.machine.task import Doer

    tasks = workflow.tasks.values()
    effects = effect_rows((task.label, task.effect) for task in tasks)
    limits = [limit_row(task.label, task, by_agent=task.doer is Doer.AGENT) for task in tasks]
    for rows, what, empty in ((effects, "effects", NO_EFFECT), (limits, "limits of tasks", "It has no task to limit.")):
        headings = [name if name.isupper() else name[:1].lower() + name[1:] for row in rows[:1] for name in row]
        show_table(headings, [tuple(row.values()) for row in rows], every=every, what=what, empty=empty)


def _rules(decision: DecisionSpec, workflow: Workflow) -> str:
    """The rules of a decision, in words where nothing but the scenario of the run decides."""
    from orchestrator.machine.scenarios import default_decisions

    if default_decisions(workflow.tree)[decision.node].rules == decision.rules:
        return "what `context.scenario` says"
    return "; ".join(decision.rules)


def _checked(gates: Sequence[Gate], as_json: bool, every: bool) -> None:
    _show_gates(gates, as_json, every)
    if not all(gate.passed for gate in gates):
        raise typer.Exit(2)


def _show_gates(gates: Iterable[Gate], as_json: bool, every: bool = True) -> None:
    if as_json:
        return show_json(gates)
    from app.reasons import summed

    rows, folded = [], False
    for gate in gates:
        number, reasons = summed(gate.reasons, every)
        folded = folded or bool(number)
        first = [number] if number else [] if every and len(reasons) > 1 else [gate.reason]
        listed = reasons if number or not first else []
        state = "passed" if gate.passed else "not passed"
        rows += [(gate.name, state, reason) for reason in (*first, *listed)]
        rows += [(gate.name, "warning", warning) for warning in gate.warnings]
    show_table(("gate", "", "reason"), rows, every=True, empty="No gate was looked at.")
    if folded:
        console().print("`--all` gives every reason.", markup=False)
    return None


@contextmanager
def _in_few_lines(every: bool) -> Iterator[None]:
    """Of a refusal with many reasons one of each kind, unless `every` one is wanted."""
    from app.reasons import summed
    from core.errors import BadInput, NotAllowed

    try:
        yield
    except (BadInput, NotAllowed) as error:
        number, problems = summed(error.problems, every)
        if not number:
            raise
        raise type(error)(f"{error.message} {number} (`--all` gives every one):", problems=problems) from None
