"""What a workflow needs before it can be promoted: its roles and actions made, its bindings and policies drafted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from core.actor.values import Actor
from core.actor.verb import May, Verb, act, permit
from core.errors import BadInput
from core.eventlog import check_log_name
from core.tree import Operator
from core.workspace import Workspace
from governance import Action, Role, actions, add_role, declare_actions, policies, roles
from mining.allocation import allocations
from mining.map.maps import get_map
from orchestrator.promotion.bindings import TaskBinding
from orchestrator.promotion.drafting import draft_bindings, draft_policies, draft_roles, with_note
from orchestrator.promotion.planning import suggest_bindings, workflow_tree

OWNER_ROLE = "process owner"
PREPARE = Verb("workflow.prepare", "Workflow")


@dataclass(frozen=True)
class Preparation:
    """What was made and what was drafted."""

    workflow: str
    bindings: Path  # the draft, in TOML
    policies: Path  # the policies in force with the draft of this workflow's, in Cedar
    roles: tuple[str, ...]  # added
    actions: tuple[str, ...]  # declared


def prepare(
    ws: Workspace, workflow: str, *, map_name: str, map_version: int | None = None, folder: Path, by: Actor
) -> Preparation:
    """The two drafts for promoting a map, in `folder`, and the roles and actions they name, in place.

    What is there already stays; what is missing an administrator adds. Raises NotFound, NotAllowed, and BadInput where
    a draft would replace a file.
    """
    if not allocations(ws, map_name, map_version):
        raise BadInput(f"The tasks of map `{map_name}` are not allocated yet. First: `tandem allocate {map_name}`.")
    check_log_name(workflow)  # its runs become an event log of its name, and its drafts files
    suggested = suggest_bindings(ws, workflow, map_name=map_name, map_version=map_version, owner_role=OWNER_ROLE)
    bindings = {label: with_note(binding) for label, binding in suggested.items()}
    files = (folder / f"{workflow}.toml", folder / f"{workflow}.cedar")
    texts = (
        draft_bindings(workflow, bindings, _decisions(ws, map_name, map_version)),
        f"{policies(ws).text}\n{draft_policies(workflow, bindings, OWNER_ROLE)}".lstrip(),
    )
    _refuse_existing(files)
    missing, unknown = _missing_roles(ws, workflow, bindings), _unknown_actions(ws, bindings)
    verb = replace(PREPARE, may=May.ADMINISTRATOR) if missing or unknown else PREPARE
    permit(ws, by, verb, workflow)
    for role in missing:
        add_role(ws, role.name, role.purpose, responsibilities=role.responsibilities, actions=role.actions, by=by)
    if unknown:
        declare_actions(ws, unknown, by=by)
    added, declared = tuple(role.name for role in missing), tuple(action.name for action in unknown)
    with act(ws, by, PREPARE, workflow) as doing:
        doing.payload = {"map": map_name, "roles": list(added), "actions": list(declared)}
        for file, text in zip(files, texts, strict=True):
            _write(file, text)
    return Preparation(workflow, files[0], files[1], added, declared)


def _decisions(ws: Workspace, map_name: str, map_version: int | None) -> dict[str, str]:
    found = get_map(ws, map_name, map_version)
    tree = workflow_tree(found.tree, {a.activity: a.outcome for a in allocations(ws, found.name, found.version)})
    return {node: str(part) for node, part in tree.nodes() if part.operator in {Operator.CHOICE, Operator.LOOP}}


def _missing_roles(ws: Workspace, workflow: str, bindings: Mapping[str, TaskBinding]) -> list[Role]:
    known = {role.name for role in roles(ws)}
    return [role for role in draft_roles(workflow, bindings, OWNER_ROLE) if role.name not in known]


def _unknown_actions(ws: Workspace, bindings: Mapping[str, TaskBinding]) -> list[Action]:
    known = {action.name for action in actions(ws)}
    return [Action(b.action, b.resource_type) for b in bindings.values() if b.action not in known]


def _refuse_existing(files: tuple[Path, ...]) -> None:
    for file in files:
        if file.exists():
            raise BadInput(f"`{file}` is there already. Rename or remove it, or choose another `--folder`.")


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"`{file}` cannot be written: {error.strerror}. Choose another `--folder`.") from None
