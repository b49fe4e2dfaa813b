"""The words of an allocation on its page."""

from __future__ import annotations

from collections.abc import Iterable

from app.theme import count, plural, share
from mining.allocation import THIN_EVIDENCE, Agreement, Allocation, AllocationOutcome

ICONS = {
    AllocationOutcome.ELIMINATE: "delete",
    AllocationOutcome.RULE_AUTOMATION: "settings",
    AllocationOutcome.AGENT: "smart_toy",
    AllocationOutcome.AGENT_WITH_APPROVAL: "front_hand",
    AllocationOutcome.HUMAN_WITH_AGENT: "handshake",
    AllocationOutcome.HUMAN_ONLY: "person",
}
GATED = 2  # version of the rules that asks questions first
CAVEATS = (
    "Suitability says what rules and software have taken over elsewhere, not that an agent does the task well.",
    "Intervals tell the chance in the cases, not whether weights and words are right: many cases make them narrow.",
    "Value is estimated: volume and time are measured, the rate, running costs, review and what is redone are assumed.",
    "Words of names are read by lists that are ours and wrong at times. Answer the questions: nothing physical or "
    "irreversible becomes an agent's unanswered.",
    "What the back-test could and could not tell stands in docs/allocation.md, with what is still to object to.",
)


def thin(a: Allocation) -> bool:
    """Whether too little is known for a suitability to be shown."""
    return a.suitability is None or a.coverage < THIN_EVIDENCE


def in_short(a: Allocation) -> str:
    """Who does it, and what stands above that."""
    return a.outcome.value + (" (override)" if a.override else " (no task)" if a.no_task else "")


def agreements(found: Iterable[Agreement]) -> str:
    """How people dealt with the advice, in one sentence; empty where they changed nothing."""
    changed = [one for one in found if one.changed and one.mostly]
    said = "; ".join(
        f"{one.outcome.value} changed in {count(one.changed)} of {plural(one.tasks, 'task')}, mostly to "
        f"{one.mostly.value if one.mostly else ''}"
        for one in changed
    )
    return f"Over all maps people overrode: {said}." if said else ""


def firm_in_words(a: Allocation) -> str:
    """How firm the outcome is; empty where nothing is known of that."""
    firm = a.firmness
    if firm is None or firm.interval is None or firm.cases_hold is None:
        return ""
    said = (
        f"Suitability lies between {firm.interval.low:.0f} and {firm.interval.high:.0f} (95 %). The outcome holds "
        f"in {share(firm.cases_hold)} of redrawn sets of cases and in {share(firm.weights_hold)} of moved weights"
    )
    return said + (f"; else it is mostly {firm.otherwise.value}." if firm.otherwise else ".")
