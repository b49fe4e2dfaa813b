"""Four eyes: two activities that one performer should not do in the same case, and the cases in which one did.

Where no pair is chosen, pairs are suggested from the words of the activities: one that asks for something or makes it,
and one that approves, releases or checks it; or one that approves and one that pays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from core.errors import not_found
from core.trust import Result
from mining.organisation.facts import OrganisationFacts, known, rows, why_not_performers
from mining.organisation.values import Breach, EyePair, FourEyes

if TYPE_CHECKING:
    import duckdb

MOST_PAIRS = 12
MOST_BREACHES = 500
_MOST_SUGGESTED = 40  # most frequent activities of each kind

# Beginnings of words in English, Spanish, Dutch and German, without accents.
_ASKS = (
    "submit", "creat", "draft", "prepar", "register", "enter", "propos", "propuest", "crear", "creacion", "registr",
    "present", "elabor", "redact", "propon", "indien", "ingediend", "opstel", "opgesteld", "aanmak", "voorstel",
    "invoer", "ingevoerd", "beantrag", "erstell", "erfass", "anleg", "angelegt", "einreich", "eingereicht",
)  # fmt: skip
_ASKED = (  # also the names of what is asked for, so they must come first: "Cancel request" asks for nothing
    "request", "requisition", "apply", "application", "order", "solicit", "pedid", "pedir", "aanvra", "bestel",
    "anforder", "antrag",
)  # fmt: skip
_APPROVES = (
    "approv", "authori", "releas", "verif", "sign", "validat", "review", "aprob", "aprueb", "autoriz", "firma", "revis",
    "valida", "goedkeur", "goedgekeurd", "accorder", "geaccordeerd", "fiatter", "autoris", "controler", "beoordel",
    "ondertek", "genehmig", "freig", "bewillig", "pruf", "gepruft", "unterzeich", "unterschr", "bestatig",
)  # fmt: skip
_PAYS = (
    "pay", "reimburs", "refund", "disburs", "pago", "pagar", "reembols", "abon", "betal", "uitbetal", "vergoed", "zahl",
    "auszahl", "uberweis", "erstatt",
)  # fmt: skip


def four_eyes(
    connection: duckdb.DuckDBPyConnection, pair: tuple[str, str] | None = None, facts: OrganisationFacts | None = None
) -> FourEyes:
    """The breaches of `pair`, or of the suggested pairs, of which the cases of the one with most breaches are listed.

    Any performer counts, agents and systems too. Raises NotFound for an activity that the log does not have.
    """
    names = [row[0] for row in connection.execute("SELECT name FROM activity ORDER BY cases DESC, name").fetchall()]
    for wanted in pair or ():
        if wanted not in names:
            raise not_found("activity", wanted, names)
    facts = facts or known(connection)
    reason = facts.trust.why_not(Result.FOUR_EYES) or (why_not_performers(facts) if not facts.kinds else None)
    pairs = [pair] if pair else suggested_pairs(names)
    if reason or not pairs:
        return FourEyes((), None, (), pair is None, tuple(names), reason)
    counted = _counted(connection, pairs, keep_empty=pair is not None)
    listed = counted[0] if counted else None
    return FourEyes(counted, listed, _breaches(connection, listed), pair is None, tuple(names))


def suggested_pairs(activities: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of `activities`, most frequent first, whose words say that two persons should do them."""
    listed = list(activities)
    words = {a: _words(a) for a in listed}
    acts = {a: [w for w in words[a] if not w.endswith(("er", "ers"))] for a in listed}  # an approver approves nothing
    approving = [a for a in listed if _begins(acts[a], _APPROVES)][:_MOST_SUGGESTED]
    others = [a for a in listed if a not in approving]
    asking = [a for a in others if _begins(words[a], _ASKS) or _begins(words[a][:1], _ASKED)][:_MOST_SUGGESTED]
    paying = [a for a in others if a not in asking and _begins(words[a], _PAYS)][:_MOST_SUGGESTED]
    return [(one, other) for one in asking for other in approving] + [(a, p) for a in approving for p in paying]


def _words(activity: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", activity).encode("ascii", "ignore").decode()
    return re.findall(r"[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", bare).lower())


def _begins(words: Sequence[str], beginnings: tuple[str, ...]) -> bool:
    return any(word.startswith(beginnings) for word in words)


def _counted(
    connection: duckdb.DuckDBPyConnection, pairs: Sequence[tuple[str, str]], *, keep_empty: bool
) -> tuple[EyePair, ...]:
    parameters = {"first": [one for one, _ in pairs], "second": [other for _, other in pairs]}
    found = [EyePair(*row) for row in rows(connection, "four_eyes", parameters)]
    return tuple(p for p in found if p.cases or keep_empty)[:MOST_PAIRS]


def _breaches(connection: duckdb.DuckDBPyConnection, pair: EyePair | None) -> tuple[Breach, ...]:
    if pair is None or not pair.breaches:
        return ()
    wanted = {"first": pair.first, "second": pair.second, "most": MOST_BREACHES}
    return tuple(Breach(*row) for row in rows(connection, "four_eyes_cases", wanted))
