"""What a page is about when it opens: what its link says, else what was used last, else the newest event log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.pages.context.address import CALENDAR, FILTERS, KEYS, LOG, VERSION, parameter, put
from app.pages.context.kept import keep, kept
from core.eventlog import LogVersion


def arrive(versions: Sequence[LogVersion], home: str) -> None:
    """Write into the URL what it does not say of the context, and keep the context for the next page that opens.

    What a link does say stays as it is, also where there is no such thing: the page tells that.
    """
    put(completed({k: parameter(k) for k in KEYS}, versions, kept(home)))
    if _there(parameter(LOG), parameter(VERSION), versions):
        keep(home, {k: parameter(k) for k in KEYS})


def carried(given: Mapping[str, str]) -> dict[str, str]:
    """The parameters of a link: `given`, and of the context what still holds for the log and version that they name."""
    here = {k: value for k in KEYS if (value := parameter(k)) is not None}
    if LOG in given and given[LOG] != here.get(LOG):
        return dict(given)  # what filters one log may not fit another
    if VERSION in given and given[VERSION] != here.get(VERSION):
        here.pop(FILTERS, None)
    return {**here, **given}


def completed(
    said: Mapping[str, str | None], versions: Sequence[LogVersion], last: Mapping[str, str]
) -> dict[str, str | None]:
    """The context that a link `said`, with the rest of it."""
    if not versions:
        return dict(said)
    if said[LOG] is None:
        newest = max(versions, key=lambda v: (v.created_at, v.version))
        if not _there(last.get(LOG), last.get(VERSION), versions):
            last = {LOG: newest.log}
        alone = not any(said.values())  # a link with filters or a version of its own does not take those kept
        taken = KEYS if alone else (LOG, CALENDAR)
        said = {k: said[k] or (last.get(k) if k in taken else None) for k in KEYS}
    numbers = [v.version for v in versions if v.log == said[LOG]]
    if said[VERSION] is None and numbers:
        said = {**said, VERSION: f"v{max(numbers)}"}
    return dict(said)


def _there(log: str | None, version: str | None, versions: Sequence[LogVersion]) -> bool:
    return any(v.log == log and f"v{v.version}" == version for v in versions)
