"""Whether what is stored is what the audit log says: the same answer for the command and for the page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.workspace import Workspace
    from governance import Verification

_FOREIGN = "The queue entry `{}` was changed by somebody other than Tandem; what stands in it is never read."


@dataclass(frozen=True)
class Soundness:
    """What verifying found, and the queue entries that Tandem did not write."""

    verification: Verification
    foreign: tuple[str, ...] = ()  # ids of queue entries

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        return self.verification.ok and not self.foreign

    @property
    def said(self) -> tuple[str, ...]:
        """What was found, in sentences, the verification's own first."""
        return self.verification.message, *(_FOREIGN.format(entry) for entry in self.foreign)


def soundness(ws: Workspace, *, against: Path | None = None) -> Soundness:
    """What verifying the audit log, the rows that it bears and the queue finds. Raises BadInput for a bad `against`."""
    from governance import verify_audit
    from orchestrator.promotion.workflows import Proposal  # noqa: F401  the audit log bears versions of workflows, too
    from orchestrator.running.queue import foreign_entries

    return Soundness(verify_audit(ws, against=against), foreign_entries(ws.database))


def soundness_of(file: Path) -> Soundness:
    """What verifying an exported audit log finds, without any database. Raises BadInput."""
    from governance import verify_export

    return Soundness(verify_export(file))
