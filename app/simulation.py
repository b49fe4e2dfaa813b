"""One way of saying that simulated performers did something: at a log, at a name, and where such logs are left out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.theme import NOTHING, count, share
from core.eventlog import LogVersion
from core.trust import Trust
from core.workspace import Workspace
from governance import Principal, principals

_PERSON = re.compile(r"\bperson-[0-9a-f]{12}\b")


def marked(principal: Principal) -> str:
    """The name of a principal, with the mark of a simulated one behind it."""
    return f"{principal.name} (simulated)" if principal.simulated else principal.name


def marked_names(ws: Workspace) -> dict[str, str]:
    """The name of every principal by id, as `marked` has it."""
    return {p.id: marked(p) for p in principals(ws)}


def name_of(names: Mapping[str, str], said: str | None) -> str:
    """Who `said` is: the name of the principal with that id. Rows of earlier releases hold the name itself."""
    return names.get(said or "", said or NOTHING)


def proof_in_words(proof: str | None) -> str:
    """How it was proved who acted. In local mode nobody proved it: whoever uses the machine said so."""
    return "nobody: local mode" if proof == "local" else proof or "not recorded"


def with_names(text: str, names: Mapping[str, str]) -> str:
    """`text`, such as a reason in the audit log, with the names of people in the place of their ids."""
    return _PERSON.sub(lambda found: names.get(found.group(), found.group()), text)


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
