"""What an import would do: added, changed field by field, every problem with its place, conflicts with who wins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import streamlit as st

from app.export import csv_file
from app.pages.fields import title
from app.pages.parts import badge_text, bullets, table, wide_column
from app.pages.pilots.sheet.said import Said
from app.pages.text import quoted, textual
from app.theme import NOTHING, count, plural
from inventory import ImportPlan, SheetProblem, value_in_words, without_options

_SHOWN = 300  # rows of a grid; all of them are in the file to save
_FEW_NOTES = 3
_WINS = {"sheet": "the sheet", "registry": "the registry"}


def show_trial(said: Said, plan: ImportPlan) -> None:
    """The counts, then what hinders, then what would change."""
    hindered = bool(plan.problems or plan.conflicts)
    state = badge_text("not passed" if hindered else "passed")
    if plan.problems:
        st.markdown(f"{state} **{plural(len(plan.problems), 'problem')}** in {plural(plan.pilots, 'row')}")
        _problems(plan.problems, f"{plan.file}-problems.csv", "problems")
    if plan.conflicts or said.get("conflicts"):
        _conflicts(said, plan)
    counts = f"{count(len(plan.added))} would be added, {count(len(plan.changed))} changed"
    st.markdown(f"{'' if hindered else f'{state} '}{counts}, {count(len(plan.unchanged))} are unchanged")
    changed = list(_changed(plan))
    _listed(changed, "changes", "Fields that would change", f"{plan.file}-changes.csv")
    with st.container():
        _listed(list(_added(plan)), "additions", "Pilots that would be added", f"{plan.file}-additions.csv")
    notes = [without_options(note) for note in plan.notes]
    if notes:
        st.caption("Read otherwise than it stands:")
        bullets(notes[:_FEW_NOTES])
        if len(notes) > _FEW_NOTES:
            with st.expander(f"{len(notes) - _FEW_NOTES} more"):
                bullets(notes[_FEW_NOTES:])


def _changed(plan: ImportPlan) -> Iterator[dict[str, Any]]:
    for one in plan.changed:
        for change in one.changes:
            yield {
                "Row": one.row, "Pilot": one.name, "Field": title(change.column),
                "From": value_in_words(change.before), "To": value_in_words(change.after),
            }  # fmt: skip


def _added(plan: ImportPlan) -> Iterator[dict[str, Any]]:
    for one in plan.added:
        known = {change.column: change.after for change in one.changes}
        rest = [f"{title(c)}: {value_in_words(v)}" for c, v in known.items() if c not in ("name", "department")]
        yield {
            "Row": one.row,
            "Pilot": one.name,
            "Department": known.get("department"),
            "What is known": "; ".join(rest),
        }


def _problems(found: Sequence[SheetProblem], file: str, key: str) -> None:
    rows = [
        {
            "Row": NOTHING if p.row is None else str(p.row), "Column": p.column or NOTHING, "Value": p.value or NOTHING,
            "Problem": quoted(_why(p)),
        }
        for p in found
    ]  # fmt: skip
    _listed(rows, key, "Problems of the sheet" if key == "problems" else "Conflicts with the registry", file)


def _why(problem: SheetProblem) -> str:
    """What is wrong, without the place that stands beside it."""
    said = without_options(problem.text)
    return re.sub(rf"^\w+ {problem.row}, column `{re.escape(problem.column or '')}`: ", "", said)


def _conflicts(said: Said, plan: ImportPlan) -> None:
    """What somebody changed by hand and the sheet says otherwise, and who is to win."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="sheet-conflicts"):
        if plan.conflicts:
            what = f"**{plural(len(plan.conflicts), 'field was', 'fields were')} changed by hand**"
            text = f"{badge_text('not passed')} {what}, and the sheet says otherwise. Who wins?"
        else:
            text = "Where a pilot was changed by hand and the sheet says otherwise, who wins?"
        st.markdown(text, width="content")
        said.put("conflicts", st.segmented_control(
            "Who wins", list(_WINS), format_func=lambda one: _WINS[one], key=said.key("conflicts"),
            label_visibility="collapsed", width="content",
        ))  # fmt: skip
    if plan.conflicts:
        _problems(plan.conflicts, f"{plan.file}-conflicts.csv", "conflicts")


def _listed(rows: Sequence[dict[str, Any]], key: str, alt: str, file: str) -> None:
    """The first rows as a grid; all of them as a file."""
    if not rows:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        some = f", the first {count(_SHOWN)} of {count(len(rows))}" if len(rows) > _SHOWN else ""
        st.caption(textual(f"{alt}{some}"), width="content")
        st.download_button(
            "Save all", key=f"save-{key}", data=lambda: csv_file(rows), file_name=file, mime="text/csv",
            on_click="ignore", icon=":material/download:", type="tertiary",
        )  # fmt: skip
    wide: dict[str, Any] = {
        name: wide_column() for name in ("Problem", "What is known", "From", "To") if name in rows[0]
    }
    table(rows[:_SHOWN], key=f"sheet-{key}", alt=alt, columns=wide, within=300)
