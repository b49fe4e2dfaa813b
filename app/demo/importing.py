"""Step 1: the event log, and for the sample the pilots."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from app.demo import procurement
from app.demo.story import Story
from core.actor.values import Actor
from core.errors import BadInput, Duplicate
from core.eventlog import LogVersion
from core.workspace import Workspace
from data.samples import PILOTS, PROCUREMENT_LOG
from ingest import import_log
from inventory import import_pilots, list_pilots, overlaps, risks


@dataclass(frozen=True)
class Imported:
    """The event log of the demo."""

    version: LogVersion
    sample: bool  # whether it is the sample, whatever its path


def import_all(ws: Workspace, path: Path | None, *, by: Actor, story: Story) -> Imported:
    """The event log at `path` (None: the sample), imported now or recognised; with the sample come its pilots."""
    source = path or PROCUREMENT_LOG
    digest = _digest(source)
    sample = digest == _digest(PROCUREMENT_LOG)
    version = _known(ws, source, digest)
    if version is None:
        result = import_log(ws, source, log=procurement.NAME if sample else None, by=by)
        version = ws.logs.get(result.log, result.version)
        story.say(f"{result.event_rows:,} rows read; {_findings(result.quality)}")
    else:
        story.say("it was imported before and is used as it is")
    story.say(
        f"event log `{version.log}` version {version.version}: {version.cases:,} cases, {version.events:,} activity "
        f"instances, {version.activities} activities, {version.performers} performers"
    )
    if sample:
        _pilots(ws, by, story)
    else:
        story.say("no pilots: the sample's belong to procurement; bring your own with `tandem pilot import`")
    return Imported(version, sample)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError as error:
        raise BadInput(f"`{path}` cannot be read: {error.strerror}.") from None


def _known(ws: Workspace, path: Path, digest: str) -> LogVersion | None:
    """The version that was made from this very file, if there is one."""
    candidates = [v for v in ws.logs.versions() if v.source == path.name]
    return next((v for v in candidates if ws.logs.meta(v).source_digest == digest), None)


def _findings(quality: object) -> str:
    found = quality.get("findings", []) if isinstance(quality, dict) else []
    if not found:
        return "nothing was dropped or repaired"
    return f"findings in its quality report (`tandem log quality`): {len(found)}"


def _pilots(ws: Workspace, by: Actor, story: Story) -> None:
    try:
        done = import_pilots(ws, PILOTS, by=by)
        story.say(f"{done.pilots} pilots imported from the sample sheet")
    except Duplicate:
        story.say(f"{len(list_pilots(ws))} pilots are there already")
    found = overlaps(ws)
    story.say(f"{len(found.pairs)} overlaps between pilots, {len(risks(ws))} risks found in them")
