"""Baseline: what runs will be compared with is measured before anything changes."""

from __future__ import annotations

from orchestrator.promotion.gates.candidate import Candidate, Gate, gate

NEEDED = ("cycle_time", "throughput")  # without these a run could not be compared with what was before


def baseline(candidate: Candidate) -> Gate:
    """Whether the map's event log carries at least cycle time and throughput; what else is withheld is said."""
    measured = {m.key for m in candidate.measurements if m.withheld is None}
    withheld = {m.key: m.withheld.rstrip(".") for m in candidate.measurements if m.withheld is not None}
    problems = [
        f"`{key}` is withheld: {withheld.get(key, 'it was not measured')}" for key in NEEDED if key not in measured
    ]
    listed = "".join(f"; `{key}` is withheld: {reason}" for key, reason in withheld.items())
    return gate("baseline", problems, f"frozen with {', '.join(f'`{key}`' for key in sorted(measured))}{listed}")
