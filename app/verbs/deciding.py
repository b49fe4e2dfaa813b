"""Verbs of decisions about pilots and of the ledger."""

from __future__ import annotations

from app.verbs.values import CatalogueEntry
from inventory import decide, expect, finish_follow_up, withdraw_decision
from inventory.decisions import deciding
from inventory.ledger import expecting

_HOURS = "Service times: what the log cannot tell of people's work is said as not measured, never as 0."

DECIDING = (
    CatalogueEntry(deciding.DECIDE, decide, ("pilot decide",), ("pilots.deciding",), trust=_HOURS),
    CatalogueEntry(deciding.WITHDRAW, withdraw_decision, ("pilot withdraw-decision",), ("pilots.decided",)),
    CatalogueEntry(deciding.FINISH, finish_follow_up, ("pilot follow-up",), ("pilots.decided",)),
    CatalogueEntry(
        expecting.EXPECT, expect, ("pilot expect", "what-if"), ("what_if.page",),
    ),
)  # fmt: skip
