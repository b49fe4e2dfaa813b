"""What the fields of one pilot may not say together, once what was given is merged with what was known."""

from __future__ import annotations

from collections.abc import Collection

from inventory.columns import MONEY
from inventory.values import PilotFacts


def wrong_together(before: PilotFacts, after: PilotFacts, said: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The columns that are wrong beside others in `after`, each with the reason. Only what was `said` now is blamed."""
    found = []
    if after.started and after.ended and after.ended < after.started and {"started", "ended"} & set(said):
        found.append(("ended", f"{after.ended} is before it started, on {after.started}."))
    amounts = [column for column in MONEY if getattr(after, column) is not None]
    if amounts and not after.currency and {"currency", *MONEY} & set(said):
        found.append(("currency", f"is empty; `{amounts[0]}` needs an ISO 4217 code such as `EUR`."))
    given = [column for column in amounts if column in said]
    kept = [column for column in amounts if column not in said]
    if given and kept and before.currency and after.currency and before.currency != after.currency:
        text = (
            f"`{given[0]}` is given in {after.currency}, but `{kept[0]}` is known in {before.currency}: a pilot has "
            "one currency. Give both."
        )
        found.append(("currency", text))
    return tuple(found)
