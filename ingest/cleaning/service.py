"""The service verbs of cleaning: a new version from a stored one, what it came from, and back without a step."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from core.actor.values import Actor
from core.actor.verb import Verb, permit, stamp
from core.errors import BadInput, Duplicate, not_found
from core.eventlog import LogVersion
from core.eventlog.duck import shut
from core.queries import load
from core.workspace import Workspace
from ingest.cleaning.apply import StepChange, apply
from ingest.cleaning.hiding import check_order, hidden, needless
from ingest.cleaning.steps import (
    DropCases,
    MergeLabels,
    Pseudonymise,
    RemoveColumn,
    Step,
    checked,
    step_from_json,
    step_to_json,
)
from ingest.personal.keys import Key, find_key, make_key, new_key

LINEAGE = "lineage"  # meta key
CLEAN = Verb("log.clean", "EventLog")


@dataclass(frozen=True)
class LineageStep:
    """One cleaning step that lies between the imported version and this one."""

    number: int  # from 1, over all versions in between
    step: Step
    change: StepChange
    version: int  # the version that it made, with others of the same number
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Lineage:
    """Where a version comes from: the one that was imported or exported, and every step since."""

    log: str
    version: int
    root: int  # the version that no cleaning made
    steps: tuple[LineageStep, ...]


def clean(
    ws: Workspace,
    log: str,
    version: int | None,
    steps: Sequence[Step],
    *,
    by: Actor,
    reason: str = "",
) -> LogVersion:
    """The next version of `log`, made from `version` (None: the newest) by `steps` in their order.

    The version it came from stays as it is. What the steps make pseudonyms of is not named in the new version's
    lineage either. Raises BadInput where there is no step, nothing would change or nothing would be left, NotFound for
    a column that is not there, Duplicate where these very steps were done to this very version before.
    """
    if not steps:
        raise BadInput("There is no cleaning step to do. Name at least one.")
    check_order(steps)
    return _cleaned(ws, ws.logs.get(log, version), [checked(step) for step in steps], by, reason, {})


def preview_cleaning(ws: Workspace, log: str, version: int | None, steps: Sequence[Step]) -> tuple[StepChange, ...]:
    """What each of `steps` would change, in their order; nothing is stored, and no key is made.

    Raises what `clean` would raise, but for Duplicate.
    """
    parent = ws.logs.get(log, version)
    ws.logs.meta(parent)  # a file that is gone says so here
    key = find_key(ws, log) or new_key()
    with duckdb.connect(":memory:", config={"memory_limit": ws.settings.duckdb_memory}) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        _restage(ws, connection, parent)
        return tuple(apply(connection, checked(step), lambda: key) for step in steps)


def lineage(ws: Workspace, log: str, version: int | None = None) -> Lineage:
    """Every cleaning step between the imported version of `log` and `version` (None: the newest)."""
    asked = ws.logs.get(log, version)
    links = _links(ws, asked)
    steps: list[LineageStep] = []
    for link in links:
        told = link.lineage
        for step, change in zip(told["steps"], told["changes"], strict=True):
            at = datetime.fromisoformat(told["at"])
            found = step_from_json(step)
            number = len(steps) + 1
            steps.append(
                LineageStep(number, found, StepChange(**change), link.version.version, told["by"], at, told["reason"])
            )
    root = links[0].parent if links else asked.version
    return Lineage(log, asked.version, root, tuple(steps))


def undo(ws: Workspace, log: str, version: int | None, step_number: int, *, by: Actor, reason: str = "") -> LogVersion:
    """The next version of `log`: as `version` (None: the newest), but without the step of that number in its lineage.

    It is made anew from the version that the step was done to, by all later steps. Raises NotFound for a step that the
    lineage does not have, BadInput where pseudonyms cannot be made again because their key was forgotten.
    """
    asked = ws.logs.get(log, version)
    links = _links(ws, asked)
    done = [(link.parent, step_from_json(step)) for link in links for step in link.lineage["steps"]]
    if not 1 <= step_number <= len(done):
        numbers = map(str, range(1, len(done) + 1))
        raise not_found(f"cleaning step of event log `{log}` version {asked.version}", str(step_number), numbers)
    parent, _ = done.pop(step_number - 1)
    same = sum(1 for before, _ in done[: step_number - 1] if before == parent)  # of its version, before it
    steps = [step for _, step in done[step_number - 1 - same :]]
    steps = [step for step in steps if step not in needless(steps)]
    check_order(steps)
    _check_key(ws, log, steps, links)
    undone = {"undone": {"version": asked.version, "step": step_number}}
    return _cleaned(ws, ws.logs.get(log, parent), steps, by, reason, undone)


@dataclass(frozen=True)
class _Link:
    """One cleaned version with what its meta says of how it was made."""

    version: LogVersion
    lineage: Mapping[str, Any]

    @property
    def parent(self) -> int:
        return int(self.lineage["parent"]["version"])


def _links(ws: Workspace, version: LogVersion) -> list[_Link]:
    """The cleaned versions from the first made from an import to `version`."""
    links: list[_Link] = []
    told = ws.logs.meta(version).more.get(LINEAGE)
    while told:
        links.insert(0, _Link(version, told))
        version = ws.logs.get(version.log, int(told["parent"]["version"]))
        told = ws.logs.meta(version).more.get(LINEAGE)
    return links


def _cleaned(
    ws: Workspace, parent: LogVersion, steps: Sequence[Step], by: Actor, reason: str, more: Mapping[str, Any]
) -> LogVersion:
    asked = [step_to_json(step) for step in steps]
    digest = hashlib.sha256(
        json.dumps(["cleaned", parent.log, parent.digest, parent.version, asked]).encode()
    ).hexdigest()
    who = permit(ws, by, CLEAN, parent.log)
    known = ws.logs.by_digest(digest)
    if known:
        raise Duplicate(
            f"These steps were done to event log `{parent.log}` version {parent.version} before: "
            f"they made version {known.version}. Nothing was stored."
        )
    meta = ws.logs.meta(parent)
    with ws.logs.draft(parent.log) as draft:
        _restage(ws, draft.connection, parent)
        done, changes = _apply(ws, draft.connection, parent, steps)
        if all(change.nothing for change in changes) and not more:
            raise BadInput(
                f"Nothing in event log `{parent.log}` version {parent.version} is changed by: "
                f"{'; '.join(step.words for step in steps)}. No version was made."
            )
        told = {
            "parent": {"version": parent.version, "digest": parent.digest},
            "steps": [step_to_json(step) for step in done], "changes": [change.to_json() for change in changes],
            "by": who, "at": ws.clock.now().isoformat(), "reason": reason, **_key_used(ws, parent.log, steps), **more,
        }  # fmt: skip
        return draft.publish(
            source=f"{parent.log} version {parent.version}, cleaned", digest=digest, created_by=stamp(ws, by, CLEAN),
            event_rows=parent.events, meta=_meta(meta.stored, steps) | {LINEAGE: told}, once=True,
            ends=_still_there(draft.connection, meta.ends),
            pauses=_still_there(draft.connection, meta.pauses),
        )  # fmt: skip


def _apply(
    ws: Workspace, connection: duckdb.DuckDBPyConnection, parent: LogVersion, steps: Sequence[Step]
) -> tuple[list[Step], list[StepChange]]:
    """Do `steps`, and return them as they may be kept, with what each changed."""

    def key() -> Key:
        return make_key(ws, parent.log)

    done, changes = [], []
    for number, step in enumerate(steps):
        done.append(hidden(connection, step, steps[number + 1 :], key))
        changes.append(apply(connection, done[-1], key))
    return done, changes


def _still_there(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> list[str]:
    """Those of `names` that are activities still, after the steps."""
    rows = connection.execute("SELECT DISTINCT activity FROM staged").fetchall()
    known = {name for (name,) in rows} | {"*"}
    return [name for name in names if name in known]


def _restage(ws: Workspace, connection: duckdb.DuckDBPyConnection, parent: LogVersion) -> None:
    """Make `staged` and `staged_case` as the parent was staged, and let go of its file."""
    path = str(ws.logs.folder / parent.file).replace("'", "''")
    connection.execute(f"ATTACH '{path}' AS parent (READ_ONLY)")
    shut(connection)
    for name in ("restage", "restage_case"):
        connection.execute(load("ingest.cleaning.sql", name).sql)
    connection.execute("DETACH parent")


def _meta(meta: Mapping[str, Any], steps: Sequence[Step]) -> dict[str, Any]:
    """What the parent's file says of its source and reading, without the columns that are gone."""
    kept = {key: value for key, value in meta.items() if key not in (LINEAGE, "has_start", "start_share")}
    gone = {step.column for step in steps if isinstance(step, RemoveColumn)}
    for key in ("mapping", "attributes"):
        if isinstance(kept.get(key), Mapping):
            kept[key] = {name: value for name, value in kept[key].items() if name not in gone}
    return kept


def _key_used(ws: Workspace, log: str, steps: Sequence[Step]) -> dict[str, str]:
    """The fingerprint of the key that made pseudonyms: it tells keys apart and opens nothing."""
    key = find_key(ws, log) if any(_asks_for_key(step) for step in steps) else None
    return {"key": key.fingerprint} if key else {}


def _asks_for_key(step: Step) -> bool:
    return isinstance(step, Pseudonymise) or (isinstance(step, MergeLabels | DropCases) and step.hidden)


def _check_key(ws: Workspace, log: str, steps: Sequence[Step], links: Sequence[_Link]) -> None:
    used = {link.lineage["key"] for link in links if link.lineage.get("key")}
    if not used or not any(_asks_for_key(step) for step in steps):
        return
    key = find_key(ws, log)
    if key is None or {key.fingerprint} != used:
        raise BadInput(
            f"The steps that stay make pseudonyms with a key of event log `{log}` that was forgotten. "
            "Undo the pseudonyms first, or clean the version before them anew."
        )
