"""One way of saying that simulated performers did something: at a log, at a name, and where such logs are left out."""

from __future__ import annotations

from collections.abc import Sequence

from app.theme import count, share
from core import LogVersion, Trust, Workspace
from governance import Principal, principals


def marked(principal: Principal) -> str:
    """The name of a principal, with the mark of a simulated one behind it."""
    return f"{principal.name} (simulated)" if principal.simulated else principal.name


def marked_names(ws: Workspace) -> dict[str, str]:
    """The name of every principal by id, as `marked` has it."""
    return {p.id: marked(p) for p in principals(ws)}


def in_words(trust: Trust, log: LogVersion | None = None) -> str | None:
    """How much of a log of this `trust` simulated performers did; None where they did nothing."""
    if not trust.simulated:
        return None
    where = f" of {log.log} version {log.version}" if log else ""
    return (
        f"Simulated performers did {count(trust.simulated)} of {count(trust.instances)} activity instances "
        f"({share(trust.simulated / trust.instances)}){where}."
    )


def left_out(logs: Sequence[str]) -> str:
    """The sentence that says which event logs were left out."""
    return f"Left out, since simulated performers did the work in it: {', '.join(logs)}."
