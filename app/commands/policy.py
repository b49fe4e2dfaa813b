"""`tandem policy`: what the policies say, whether a draft can be activated, and what they decide."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from app.context import Acting, All, Json, actor, numbered, version_number, workspace
from app.output import console, show_json, show_table
from core.errors import BadInput

File = Annotated[Path, typer.Argument(help="File with the policies, in Cedar.")]
Version = Annotated[
    int | None,
    numbered("--version", "Version of the policy set. Default: the one in force."),
]
Note = Annotated[str, typer.Option(help="What changed and why, for those who read it later.")]


def register(app: typer.Typer) -> None:
    """Add `tandem policy` and its verbs."""
    noun = typer.Typer(help="Check, activate, show and explain policies.", no_args_is_help=True)
    for name, verb in (
        ("check", _check),
        ("activate", _activate),
        ("reactivate", _reactivate),
        ("show", _show),
        ("list", _list),
        ("explain", _explain),
        ("actions", _actions),
        ("declare", _declare),
    ):
        noun.command(name)(verb)
    app.add_typer(noun, name="policy")


def _check(
    file: Annotated[
        Path | None, typer.Argument(help="File with the policies, in Cedar. Default: the policy set in force.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check a draft, or the set in force, without activating anything; exit status 2 if it has problems."""
    from governance import check_policies, check_version

    with workspace() as ws:
        found = check_policies(ws, _text(file)) if file else check_version(ws)
    where = str(file or "the policy set in force")
    if as_json:
        said = {"ok": not found.problems, "policies": found.policies}
        show_json({**said, "problems": found.problems, "warnings": found.warnings})
    else:
        for problem in found.problems:
            console().print(f"{where}: {problem}", markup=False)
        for warning in found.warnings:
            console().print(f"{where}: warning: {warning}", markup=False)
        if not found.problems:
            console().print(f"All {found.policies} policies of {where} can be activated.", markup=False)
    if found.problems:
        raise typer.Exit(2)


def _activate(file: File, note: Note = "", acting: Acting = "", as_json: Json = False) -> None:
    """Put the policies of a file in force as a new version. Nothing is stored if they have any problem."""
    from app.verbs import activate_policies
    from governance import check_version

    with workspace() as ws:
        found = activate_policies(ws, _text(file), note=note, by=actor(ws, acting))
        warnings = check_version(ws, found.version).warnings
    if as_json:
        return show_json(found)
    for warning in warnings:
        console().print(f"{file}: warning: {warning}", markup=False)
    return console().print(f"Policy set {found.version} is in force.", markup=False)


def _reactivate(
    version: Annotated[
        int, typer.Argument(parser=version_number, metavar="VERSION", help="Version of an earlier policy set.")
    ],
    note: Note = "",
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Put an earlier policy set in force again."""
    from app.verbs import reactivate_policies
    from governance import check_version

    with workspace() as ws:
        found = reactivate_policies(ws, version, note=note, by=actor(ws, acting))
        problems = check_version(ws, found.version).problems
    if as_json:
        return show_json(found)
    for problem in problems:  # it was activated before this was checked, and is in force all the same
        console().print(f"policy set {found.version}: {problem}", markup=False)
    return console().print(f"Policy set {found.version} is in force.", markup=False)


def _show(version: Version = None, every: All = False, as_json: Json = False) -> None:
    """Show the policies of a set with their reasons, Tandem's own guards first."""
    from governance import explain, policies

    with workspace() as ws:
        found = policies(ws, version)
    single = explain(found)
    if as_json:
        return show_json({"version": found.version, "note": found.note, "policies": single, "schema": found.schema})
    console().print(f"Policy set {found.version}. {found.note}".strip(), style="bold", markup=False)
    rows = [(p.id, p.effect, p.reason, p.approver) for p in single]
    return show_table(
        ("id", "effect", "reason", "approver"), rows, empty="It has no policy: everything is denied.", every=every
    )


def _list(every: All = False, as_json: Json = False) -> None:
    """List the versions of the policy set, newest first."""
    from governance import policies, policy_sets

    with workspace() as ws:
        found, current = policy_sets(ws), policies(ws).version
    if as_json:
        return show_json(
            [
                {"version": p.version, "in_force": p.version == current, "note": p.note, "created_at": p.created_at}
                for p in found
            ]
        )
    rows = [
        (p.version, "in force" if p.version == current else "", str(p.created_at or "")[:19], p.note) for p in found
    ]
    headings = ("version", "", "created", "note")
    return show_table(headings, rows, empty="No policies were activated yet: everything is denied.", every=every)


def _explain(
    principal: Annotated[str, typer.Argument(help="Name or id of who would act.")],
    action: Annotated[str, typer.Argument(help="Action, such as `purchase_order.draft`.")],
    resource_type: Annotated[str, typer.Argument(help="Type of the resource, such as `PurchaseOrder`.")],
    resource: Annotated[str, typer.Option(help="Id of the resource.")] = "example",
    facts: Annotated[str, typer.Option(help="Facts about it, as a JSON object.")] = '{"fields": []}',
    as_json: Json = False,
) -> None:
    """Say what the policies in force would decide, and why. Nothing is recorded."""
    from governance import Request, check, get_principal

    with workspace() as ws:
        who = get_principal(ws, principal)
        decision = check(ws, Request(who.id, action, resource_type, resource, _facts(facts)))
    if as_json:
        return show_json(decision)
    console().print(f"{decision.effect.value} (policy set {decision.policy_set})", style="bold", markup=False)
    for reason in decision.reasons:
        console().print(f"  {reason}", markup=False)
    if decision.policies:
        console().print(f"  Determined by: {', '.join(decision.policies)}.", markup=False)
    return None


def _actions(every: All = False, as_json: Json = False) -> None:
    """List the actions that permission can be asked for."""
    from governance import actions

    with workspace() as ws:
        found = actions(ws)
    if as_json:
        return show_json(found)
    rows = [(a.name, a.resource_type, ", ".join(a.facts)) for a in found]
    return show_table(("action", "resource type", "facts"), rows, empty="No actions are declared yet.", every=every)


def _declare(
    name: Annotated[str, typer.Argument(help="Action, such as `purchase_order.draft`.")],
    resource_type: Annotated[str, typer.Argument(help="Type of the resource, such as `PurchaseOrder`.")],
    fact: Annotated[
        list[str] | None,
        typer.Option("--fact", help="`amount: Long` (required) or `supplier?: String`; give it again for more."),
    ] = None,
    acting: Acting = "",
    as_json: Json = False,
) -> None:
    """Declare an action, for the policies activated from now on."""
    from app.verbs import declare_actions
    from governance import Action

    with workspace() as ws:
        action = Action(name, resource_type, tuple(fact or ()))
        found = declare_actions(ws, [action], by=actor(ws, acting))
    if as_json:
        return show_json(found)
    return console().print(f"Declared {name}. Activate the policies again to use it.", markup=False)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as error:
        raise BadInput(f"`{file}` cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"`{file}` is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from None


def _facts(text: str) -> dict[str, Any]:
    try:
        facts = json.loads(text)
    except ValueError as error:
        raise BadInput(f'`--facts` is not JSON: {error}. Write `{{"amount": 9000, "fields": []}}`.') from None
    if not isinstance(facts, dict):
        raise BadInput('`--facts` is no JSON object. Write `{"amount": 9000, "fields": []}`.')
    return facts
