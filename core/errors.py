"""The error tree. Every error that Tandem raises on purpose stands here.

TandemError                 something failed; exit status 1
├── BadInput                what was given cannot be used; exit status 2
│   ├── NotFound            what was named does not exist
│   └── Duplicate           what was given is stored already
├── NotAllowed              the principal may not do this
├── IllegalTransition       the state does not allow this step
└── IntegrityError          stored data contradicts itself
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import islice

_SHOWN = 12  # names that a message lists
_MOST_TRIED = 20_000


class TandemError(Exception):
    """A failure with a message for people: what is wrong, where, and what to do.

    `problems` holds the single findings when there are several, one line each.
    """

    exit_status = 1

    def __init__(self, message: str, *, problems: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"  - {problem}" for problem in self.problems)])


class BadInput(TandemError):
    """What was given cannot be used as it is; nothing was stored."""

    exit_status = 2


class NotFound(BadInput):
    """The thing that was named does not exist."""


class Duplicate(BadInput):
    """The thing that was given is stored already."""


class NotAllowed(TandemError):
    """The principal may not do this, or may not do it alone."""


class IllegalTransition(TandemError):
    """The present state does not allow this step."""


class IntegrityError(TandemError):
    """Stored data contradicts itself, such as a broken audit chain."""


def not_found(kind: str, name: str, valid: Iterable[str], where: str = "") -> NotFound:
    """A NotFound that names what was asked for, `where`, and ends in the names that would have worked.

    Of many names those stand there that are most like it, the most like first.
    """
    names = sorted(valid)
    shown = names if len(names) <= _SHOWN else closest(name, names)
    more = len(names) - len(shown)
    listed = ", ".join(f"`{n}`" for n in shown) + (f" and {more:,} more" if more else "")
    place = where and f" {where}"
    known = f"Known: {listed}." if names else f"There is no {kind}{place} yet."
    return NotFound(f"There is no {kind} `{name}`{place}. {known}")


def closest(name: str, names: Iterable[str], most: int = _SHOWN) -> list[str]:
    """Those of `names` that are written most like `name`, the most like first."""
    like = name.casefold()
    alike = [(SequenceMatcher(None, like, each.casefold()[:200]).ratio(), each) for each in islice(names, _MOST_TRIED)]
    return [each for _, each in sorted(alike, key=lambda pair: (-pair[0], pair[1]))[:most]]


def first_line(error: BaseException | None) -> str:
    """What `error` says in its first line, without a full stop; its type's name where it says nothing."""
    text = str(error or "").strip()
    return text.splitlines()[0].rstrip(".") if text else type(error).__name__


_DAMAGED = ("malformed", "invalid page", "could not read block")


def damage_in_words(cause: str) -> TandemError | None:
    """The error for a damaged operational database, with the way back; None where `cause` says no such thing."""
    if not any(said in cause for said in _DAMAGED):
        return None
    return TandemError(
        f"The operational database is damaged: {cause}. Stop `tandem up` and every worker, keep the damaged file, and "
        "put the newest copy that `tandem backup` made in its place: see docs/settings.md, Backups."
    )
