"""SLA: it is promised how long a run may take."""

from __future__ import annotations

import math

from orchestrator.promotion.gates.candidate import Candidate, Gate, gate


def sla(candidate: Candidate) -> Gate:
    """Whether the SLA of a run, and of every task that has one, is above 0."""
    workflow = candidate.workflow
    promised = {"a run": workflow.sla_seconds}
    promised |= {f"`{t.label}`": t.sla_seconds for t in workflow.tasks.values() if t.sla_seconds is not None}
    problems = [
        f"the SLA of {what} is {s:g} seconds; it must be above 0" for what, s in promised.items() if not usable(s)
    ]
    return gate("SLA", problems, f"a run is due {workflow.sla_seconds / 3600:,.4g} hours after it started")


def usable(seconds: float) -> bool:
    """Whether this can be promised: above 0, and not for ever."""
    return seconds > 0 and math.isfinite(seconds)
