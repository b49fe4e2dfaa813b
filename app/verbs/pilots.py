"""Verbs of the registry of pilots: imports, changes, answers, links, mutes."""

from __future__ import annotations

from app.verbs.values import CatalogueEntry
from inventory import (
    add_pilot,
    answer_tick_list,
    changing,
    choosing,
    edit_pilot,
    edit_pilots,
    forget_layout,
    import_pilots,
    importing,
    layouts,
    link_activity,
    mute_risk,
    unlink_activity,
    unmute_risk,
)
from inventory.overlap import answering
from inventory.risk import muting

_LINKED = ("pilots.linking",)

PILOTS = (
    CatalogueEntry(importing.IMPORT, import_pilots, ("pilot import",), ("pilots.sheet.page",)),
    CatalogueEntry(changing.ADD, add_pilot, ("pilot add",), ("pilots.writing",)),
    CatalogueEntry(changing.EDIT, edit_pilot, ("pilot edit",), ("pilots.writing",)),
    CatalogueEntry(changing.EDIT_MANY, edit_pilots, ("pilot edit",), ("pilots.bulk",)),
    CatalogueEntry(layouts.FORGET, forget_layout, ("pilot forget-layout",), ("pilots.sheet.layouts",)),
    CatalogueEntry(answering.ANSWER, answer_tick_list, ("pilot answer",), ("pilots.overlaps.asking",)),
    CatalogueEntry(choosing.LINK, link_activity, ("pilot link",), _LINKED),
    CatalogueEntry(choosing.UNLINK, unlink_activity, ("pilot unlink",), _LINKED),
    CatalogueEntry(muting.MUTE, mute_risk, ("pilot mute",), ("pilots.risks",)),
    CatalogueEntry(muting.UNMUTE, unmute_risk, ("pilot unmute",), ("pilots.risks",)),
)  # fmt: skip
