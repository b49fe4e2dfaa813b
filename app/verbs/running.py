"""Verbs of workflows, runs and work items."""

from __future__ import annotations

from app.verbs.values import CatalogueEntry
from orchestrator.monitoring.export import EXPORT, export_runs
from orchestrator.promotion.preparing import PREPARE, prepare
from orchestrator.promotion.promote import PROPOSE, SIGN, promote, sign
from orchestrator.running.inbox import (
    CLAIM,
    COMPLETE,
    DECIDE,
    REJECT,
    RELEASE,
    claim,
    complete,
    decide_item,
    reject,
    release,
)
from orchestrator.running.runs import (
    CONTROLS,
    START,
    cancel_run,
    pause_run,
    resume_run,
    retry_run,
    start_run,
    start_runs,
)

_OWNERS = "People with the workflow's owner role, and administrators."
_HELD = "People of the work item's role; what another person took is theirs."

RUNNING = (
    CatalogueEntry(
        PREPARE, prepare, ("workflow prepare",), ("preparation",),
        only="Where roles or actions are missing: administrators.",
    ),
    CatalogueEntry(PROPOSE, promote, ("workflow promote",), ("promotion",)),
    CatalogueEntry(
        SIGN, sign, ("workflow sign",), ("workflows",),
        only="People with the workflow's owner role, and administrators; never who proposed the version.",
    ),
    CatalogueEntry(START, start_run, ("run start",), ("workflows",)),
    CatalogueEntry(START, start_runs, not_here="Many starts at once are for the demo and for programs."),
    *(
        CatalogueEntry(CONTROLS[word], does, (f"run {word}",), ("run_detail",), only=_OWNERS)
        for word, does in (
            ("pause", pause_run), ("resume", resume_run), ("cancel", cancel_run), ("retry", retry_run),
        )
    ),
    CatalogueEntry(
        EXPORT, export_runs, ("run export",), not_here="Pages measure runs from the log that was exported last.",
    ),
    *(
        CatalogueEntry(verb, does, (f"inbox {verb.name.removeprefix('item.')}",), ("inbox",), only=_HELD)
        for verb, does in ((CLAIM, claim), (RELEASE, release), (REJECT, reject), (DECIDE, decide_item))
    ),
    CatalogueEntry(
        COMPLETE, complete, ("inbox complete",), ("inbox",), only=_HELD,
        records="The attempt of the task's own action and its outcome, as the gate writes them.",
    ),
)  # fmt: skip
