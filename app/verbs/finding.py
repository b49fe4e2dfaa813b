"""Verbs of discovery: scans that are kept, and what people say about what they found."""

from __future__ import annotations

from app.verbs.values import CatalogueEntry
from inventory import discover_agents, dismiss_finding, match_finding, register_finding, store_discovery
from inventory.discovery import deciding, storing

_PAGE = ("pilots.discovery",)

FINDING = (
    CatalogueEntry(storing.DISCOVER, discover_agents, ("pilot discover",), _PAGE),
    CatalogueEntry(
        storing.DISCOVER, store_discovery,
        not_here="A scan is made and kept in one step; this half is for programs that have scanned.",
    ),
    CatalogueEntry(deciding.REGISTER, register_finding, ("pilot register",), _PAGE),
    CatalogueEntry(deciding.MATCH, match_finding, ("pilot match",), _PAGE),
    CatalogueEntry(deciding.DISMISS, dismiss_finding, ("pilot dismiss",), _PAGE),
)  # fmt: skip
