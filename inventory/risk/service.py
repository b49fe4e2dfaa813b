"""The risks of the inventory, as they stand today."""

from __future__ import annotations

from sqlalchemy.engine import Connection

from core.workspace import Workspace
from inventory.risk.finding import find_risks
from inventory.risk.mutes import mutes_in_force
from inventory.risk.reading import rules_of
from inventory.risk.values import Risk, RiskRule
from inventory.store import read_pilots


def risks(ws: Workspace) -> tuple[Risk, ...]:
    """Every rule that a pilot breaks, worst first, muted findings last. Stopped pilots are left out.

    Raises BadInput where the organisation's own rules cannot be read.
    """
    rules = rules_of(ws).rules
    with ws.database.read() as connection:
        return read_risks(ws, connection, rules)


def read_risks(ws: Workspace, connection: Connection, rules: tuple[RiskRule, ...]) -> tuple[Risk, ...]:
    """As `risks`, by `rules` and inside a transaction."""
    today = ws.clock.now().date()
    return find_risks(read_pilots(connection), rules, today, mutes_in_force(connection, today))
