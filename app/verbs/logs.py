"""Verbs of event logs and what is kept about them: imports, cleaning, keys, mappings, filters, calendars."""

from __future__ import annotations

from app.verbs.values import CatalogueEntry
from core.backup import BACKUP, back_up_home
from core.calendar import delete_calendar, save_calendar
from core.calendar import files as calendars
from core.selection import kept
from core.selection.kept import forget_selection, save_selection
from ingest import clean, forget_mapping, forget_pseudonyms, import_log, import_query, mappings, save_mapping, undo
from ingest.cleaning.service import CLEAN
from ingest.personal import keys
from ingest.service import IMPORT

_NO_FILE = "A mapping is made from answers on the import page; commands say each answer as an option."

LOGS = (
    CatalogueEntry(IMPORT, import_log, ("log import",), ("import_log.page",)),
    CatalogueEntry(
        IMPORT, import_query, ("log query",),
        not_here="A page would have to be told the password of a database.",
    ),
    CatalogueEntry(CLEAN, clean, ("log clean",), ("quality.steps",)),
    CatalogueEntry(CLEAN, undo, ("log undo",), ("quality.steps",)),
    CatalogueEntry(keys.FORGET, forget_pseudonyms, ("log forget-key",), ("quality.personal",)),
    CatalogueEntry(mappings.SAVE, save_mapping, (), ("import_log.columns",), not_here=_NO_FILE),
    CatalogueEntry(mappings.FORGET, forget_mapping, (), ("import_log.columns",), not_here=_NO_FILE),
    CatalogueEntry(kept.SAVE, save_selection, ("filter save",), ("chips",)),
    CatalogueEntry(kept.FORGET, forget_selection, ("filter delete",), ("chips",)),
    CatalogueEntry(calendars.SAVE, save_calendar, ("calendar save",), ("performance.calendars",)),
    CatalogueEntry(calendars.DELETE, delete_calendar, ("calendar delete",), ("performance.calendars",)),
    CatalogueEntry(
        BACKUP, back_up_home, ("backup",),
        not_here="The copy goes to a folder of the machine, which a browser elsewhere cannot choose.",
    ),
)  # fmt: skip
