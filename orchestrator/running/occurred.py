"""Simulated time: only a simulated performer may say when it did something."""

from __future__ import annotations

from datetime import UTC, datetime

from core.errors import BadInput, NotAllowed
from governance import Principal

Occurred = tuple[datetime, datetime]  # start and end, aware


def check_occurred(occurred: Occurred | None, principal: Principal, ready_at: datetime) -> Occurred | None:
    """`occurred` in UTC, or None as it was given.

    Raises NotAllowed for a performer that is not simulated: the times of real work are ours to measure. Raises
    BadInput for times without a zone, an end before the start, or a start before the task was ready.
    """
    if occurred is None:
        return None
    if not principal.simulated:
        raise NotAllowed(f"`{principal.name}` is not simulated, so the times of its work are measured, never said.")
    started, ended = occurred
    if started.tzinfo is None or ended.tzinfo is None:
        raise BadInput(f"The times said by `{principal.name}` have no time zone.")
    if not ready_at <= started <= ended:
        raise BadInput(
            f"`{principal.name}` says it worked from `{started.isoformat()}` to `{ended.isoformat()}`; "
            f"the task was ready at `{ready_at.isoformat()}`."
        )
    return started.astimezone(UTC), ended.astimezone(UTC)
