"""The rules, read from their files: the header of each is what the user reads."""

from __future__ import annotations

from functools import cache

from core.queries import load, names
from core.trust import Result
from ingest.soundness.values import Consequence, Rule

_PACKAGE = "ingest.soundness.rules"


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by code."""
    return tuple(map(_rule, names(_PACKAGE)))


def _rule(code: str) -> Rule:
    query = load(_PACKAGE, code)
    doubts = tuple(Result(word.strip()) for word in query["doubts"].split(",") if word.strip())
    return Rule(
        code, query["title"], query["why"], Consequence(query["consequence"]), query["of"], doubts, query["advice"],
        query["shows"], query.sql if query.sql.upper().startswith(("SELECT", "WITH")) else "",
        bool(query.get("touches")), query.get("drops"), query.get("gone"),
    )  # fmt: skip
