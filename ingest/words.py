"""The words that logs use for who did it, how it ended and whether a case is over.

A performer's kind is what the log says it is: a column that states it, or a name that can mean nothing else, such as
`SYSTEM` or `agent:invoices`. A name that looks like a person's proves nothing, and in a call centre "Agent 12" is a
person: everything else is `unknown`, unless the import says otherwise (`--kind 112=system`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

KIND_WORDS = {
    "human": (
        "human", "person", "people", "manual", "manualstate", "manual task", "user task", "usertask", "user", "staff",
        "staff member", "employee", "humano", "persona", "usuario", "empleado", "mensch", "humain",
    ),
    "agent": ("agent", "ai", "ai agent", "llm", "copilot", "agente", "agente ia"),
    "system": (
        "system", "automatic", "automated", "auto", "autostate", "automatic task", "service task", "servicetask",
        "bot", "robot", "rpa", "batch", "machine", "application", "sistema", "automatico", "automatica", "systeme",
    ),
}  # fmt: skip
KINDS = (*KIND_WORDS, "unknown")

FAILED_WORDS = (
    "failed", "failure", "fail", "error", "errored", "aborted", "abort", "exception", "nok", "not ok", "unsuccessful",
    "fallido", "fallo", "fehler", "echec",
)  # fmt: skip
SUCCEEDED_WORDS = (
    "ok",
    "success",
    "succeeded",
    "successful",
    "done",
    "completed",
    "complete",
    "passed",
    "pass",
    "exito",
    "erfolg",
)
TRUE_WORDS = ("true", "yes", "y", "1", "t", "complete", "completed", "closed", "finished", "done", "si", "ja", "oui")
FALSE_WORDS = ("false", "no", "n", "0", "f", "incomplete", "open", "running", "pending", "active", "nein", "non")

_NAMED_AGENT = re.compile(r"^agent:|\b(ai agent|llm|copilot)\b")
_NAMED_SYSTEM = re.compile(r"^system:|^(system|sistema|rpa|batch|bot|robot|automatic|workflow engine|scheduler)$")
_NUMBERED_SYSTEM = re.compile(r"^(bot|robot|rpa|rpa bot|system|batch)( \d+)$")
_NAMED_HUMAN = re.compile(r"^(human|person):|^staff member$")


def plain(text: str) -> str:
    """`text` in lower case, without accents, every run of other signs a single space."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare).lower()).strip()


def kind_of_word(word: str) -> str | None:
    """The performer kind that a word in a column of kinds states; None for a word that is not known."""
    wanted = (plain(word), word.strip().lower())
    return next((kind for kind, words in KIND_WORDS.items() if any(w in words for w in wanted)), None)


def kind_of_name(performer: str) -> str | None:
    """The performer kind that a performer's name itself states; None where it proves nothing."""
    lowered = performer.strip().lower()
    spaced = plain(performer)
    if _NAMED_AGENT.search(lowered) or _NAMED_AGENT.search(spaced):
        return "agent"
    if any(rule.search(text) for rule in (_NAMED_SYSTEM, _NUMBERED_SYSTEM) for text in (lowered, spaced)):
        return "system"
    return "human" if _NAMED_HUMAN.search(lowered) else None


def failed_of_word(word: str, column: str = "") -> bool | None:
    """Whether an outcome says that the activity instance ended in an error; None for a word that is not known.

    Yes and no mean something only in a `column` that asks for the failure, such as `failed`.
    """
    lowered = plain(word)
    if plain(column) in ("failed", "failure", "error", "is error"):
        return truth_of_word(word)
    if lowered in FAILED_WORDS or lowered in SUCCEEDED_WORDS:
        return lowered in FAILED_WORDS
    return None


def failed_as_said(word: str, column: str, errors: Collection[str]) -> bool | None:
    """Whether an outcome is an error, where `errors` are the words, plain, that are said to be.

    Where there are such words, no other is unknown.
    """
    if plain(word) in errors:
        return True
    known = failed_of_word(word, column)
    return False if errors and known is None else known


def truth_of_word(word: str) -> bool | None:
    """What a yes or no says; None for a word that is not known."""
    lowered = plain(word)
    if lowered in TRUE_WORDS or lowered in FALSE_WORDS:
        return lowered in TRUE_WORDS
    return None
