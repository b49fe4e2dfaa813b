"""Marks that name something that is kept: a saved set of filters, a workflow map. The same from every face."""

from __future__ import annotations

from core.selection.kept import find_selection
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.causes.filters import mark_of_deviating
from mining.causes.marks import parse_mark
from mining.causes.values import Mark, Quick
from mining.conformance import check_conformance, model_of_map

_ALIGNING = 60.0  # seconds, at most: who deviates is known long before, as a rule


def mark_named(ws: Workspace, view: View, text: str) -> Mark:
    """The mark that `text` names: `@name` of a saved set, `deviating:MAP`, or what `parse_mark` reads.

    Raises NotFound for what is not there, BadInput for what is no mark.
    """
    if text.startswith("@"):
        return mark_of_saved(ws, view, text[1:])
    name, _, wanted = text.partition(":")
    return mark_of_map(ws, view, wanted) if name == Quick.DEVIATING and wanted else parse_mark(text)


def mark_of_saved(ws: Workspace, view: View, name: str) -> Mark:
    """The cases of `view` that match the saved set `name` of its log. Raises NotFound."""
    own = find_selection(ws, view.log, f"@{name}")
    chosen = Selection((*view.selection.filters, *own.filters), view.selection.grouped_by)
    return Mark(selection=chosen, words=f"match the saved set {name}")


def mark_of_map(ws: Workspace, view: View, name: str) -> Mark:
    """The cases of `view` that deviate from the newest version of the workflow map `name`. Raises NotFound, BadInput.

    It takes up to a minute for what is hard to align; what is not known by then is not marked.
    """
    return mark_of_deviating(check_conformance(ws, view, model=model_of_map(ws, name), seconds=_ALIGNING))
