"""One way of saying that simulated performers did something: at a log, at a name, and where such logs are left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console

from app.theme import count, share
from core import LogVersion, Workspace, simulated_work
from governance import Principal, principals


def marked(principal: Principal) -> str:
    """The name of a principal, with the mark of a simulated one behind it."""
    return f"{principal.name} (simulated)" if principal.simulated else principal.name


def marked_names(ws: Workspace) -> dict[str, str]:
    """The name of every principal by id, as `marked` has it."""
    return {p.id: marked(p) for p in principals(ws)}


def in_words(ws: Workspace, log: LogVersion) -> str | None:
    """How much of a log version simulated performers did; None where they did nothing."""
    found = simulated_work(ws, log)
    if not found:
        return None
    return (
        f"Simulated performers did {count(found)} of {count(log.events)} activity instances "
        f"({share(found / log.events)}) of {log.log} version {log.version}."
    )


def left_out(logs: Sequence[str]) -> str:
    """The sentence that says which event logs were left out."""
    return f"Left out, since simulated performers did the work in it: {', '.join(logs)}."


def say_simulated(ws: Workspace, logs: Iterable[LogVersion], *, apart: bool) -> None:
    """Print which of `logs` hold simulated work, `apart` on standard error."""
    out = Console(highlight=False, soft_wrap=True, stderr=apart)
    for log in dict.fromkeys(logs):
        if said := in_words(ws, log):
            out.print(said, markup=False)
