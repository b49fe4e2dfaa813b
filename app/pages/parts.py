"""Pieces that every page is made of: its head, empty states, errors, actions with a reason, states, tables."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import streamlit as st

from app.pages.text import literal, textual
from app.reasons import summed
from app.theme import NOTHING, Palette, Word, count, palette_for, word
from core.errors import TandemError

if TYPE_CHECKING:
    import pandas as pd

    from orchestrator.promotion.gates import Gate

Result = TypeVar("Result")
_FLASH = "flash"
_ACTS = "acts"  # how many things were done in this session
WITHIN = 430  # pixels: how tall a table gets, so that it is seen whole at 1280 x 720
TALL = 500  # the same where hardly anything stands above
_OPENS = 330  # the same where a row is chosen, and what it opens comes below
_HEAD, _ROW = 35, 33  # pixels of the heading of a table, and of a row
_ROWS_IN_FULL = 8  # a table with no more rows is as tall as they are, whatever stands beside it
_FEW = 2  # rows beyond the limit, for which nobody should have to scroll in a table
_SIGN, _PADDING = 8, 20  # pixels of a character in a table, and beside a cell's text
_SHORT = 6  # characters that fit any column
FORM_WIDTH = 340  # pixels of a form in a popover, whatever it has to say: else an error widens it over the page
_SIGNING = "second person"  # the one gate that nothing is wrong with before it passes


def palette() -> Palette:
    """The palette of the theme that the browser shows."""
    return palette_for(st.context.theme.type)


def head(question: str) -> None:
    """The page's title: the question that it answers, in the user's words."""
    st.title(textual(question), anchor=False)


def section(title: str) -> None:
    """The title of a part of a page."""
    st.subheader(textual(title), anchor=False)


def empty(what: str, why: str, *, to: str | None = None, step: str | None = None) -> None:
    """An empty state: what this is, why there is nothing, and the next step as a link to the page `to`, as text."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{textual(what)}**")
        st.caption(textual(why))
        if to and step:
            link(to, literal(step), icon=":material/arrow_forward:")


def link(to: str, label: str, *, icon: str | None = None, **parameters: str) -> None:
    """A link to the page `to` with `parameters` in its URL, and with the log, version and filters of this page."""
    from app.pages.context.arrival import carried
    from app.pages.shell import page_of

    st.page_link(page_of(to), label=label, icon=icon, query_params=carried(parameters) or None)


def say_in_words(error: TandemError) -> None:
    """An error as its message with the way out; the technical detail is folded away."""
    st.error(textual(error.message), icon=":material/error:")
    bullets(error.problems)
    with st.expander("Technical detail"):
        st.code("".join(traceback.format_exception(error)), language="text")


def act(verb: Callable[[], Result], done: str | Callable[[Result], str]) -> None:
    """Call a service verb for a button; what it did is said at the top of the page, why it could not right here.

    `done` says it, or makes the words of what the verb returned.
    """
    try:
        result = verb()
    except TandemError as error:
        say_in_words(error)
    else:
        st.session_state[_FLASH] = done if isinstance(done, str) else done(result)
        st.session_state[_ACTS] = st.session_state.get(_ACTS, 0) + 1
        st.rerun()


def fresh(key: str) -> str:
    """A key that changes with every act: an input under it is empty again, a popover closed, after what was done."""
    return f"{key}-{st.session_state.get(_ACTS, 0)}"


def show_flash() -> None:
    """Say what the last action did."""
    done = st.session_state.pop(_FLASH, None)
    if done:
        st.toast(textual(done), icon=":material/check:")


def badge(state: str | Enum, *, more: str = "") -> None:
    """A state with its icon, its word and its colour."""
    st.markdown(badge_text(state, more=more), width="content")


def badge_text(state: str | Enum, *, more: str = "") -> str:
    """A state as `badge` shows it, to stand within a sentence in Markdown."""
    shown: Word = word(state)
    return f":{shown.colour}-badge[{shown.material} {literal(shown.text)}{' ' + literal(more) if more else ''}]"


def bullets(sentences: Iterable[str]) -> None:
    """Sentences as a list, shown literally."""
    st.markdown("\n".join(f"- {textual(sentence)}" for sentence in sentences))


def gate_lines(found: Iterable[Gate], *, key: str) -> None:
    """Gates of promotion, each with how it stands and why; of many reasons one of each kind, the rest folded away."""
    with st.container(key=f"gates-{key}", gap="xsmall"):
        for gate in found:
            state = badge_text("passed" if gate.passed else "waiting" if gate.name == _SIGNING else "not passed")
            number, some = summed(gate.reasons)
            said = number or gate.reason
            st.markdown(f"{state} **{textual(gate.name[:1].upper() + gate.name[1:])}**: {textual(said)}")
            if number:
                bullets(some)
                with st.expander(f"All {len(gate.reasons)} reasons"):
                    bullets(gate.reasons)
            for warning in gate.warnings:
                st.markdown(f"{badge_text('warning')} {textual(warning[:1].upper() + warning[1:])}")


def simulated_mark(help: str = "This figure comes from simulated performers.") -> None:
    """The mark of every figure that simulated performers produced."""
    st.badge("Simulated", icon=word("simulated").material, color="orange", help=help)


def facts(named: Mapping[str, str], *, inline: bool = False) -> None:
    """Small facts, "name: text", under each other or in one line, as text; a name without text is left out."""
    said = (f"**{literal(name)}:** {textual(text)}" for name, text in named.items() if text)
    st.caption((" · " if inline else "  \n").join(said))


def table(
    rows: Iterable[Mapping[str, Any]],
    *,
    key: str,
    alt: str,
    columns: Mapping[str, Any] | None = None,
    formats: Mapping[str, Callable[[Any], str]] | None = None,
    select: bool = False,
    within: int | None = None,
) -> int | None:
    """A grid of `rows` that sorts, searches and exports; the number of the selected row when `select` is on.

    `formats` says how the numbers of a column read ("3 d 4 h"); they still sort and export as numbers. It is as tall as
    its rows, up to a limit, beyond which it scrolls: what stands beside it says another one, in pixels, as `within`.
    """
    modes = ["single-row"] if select else []
    marked, _ = _grid(rows, modes, key=key, alt=alt, columns=columns, formats=formats, within=within)
    return marked[0] if marked else None


@dataclass(frozen=True)
class PickedRows:
    """What somebody did with the rows of a grid, by their numbers."""

    cell: tuple[int, str] | None  # that was clicked: its row and its column
    marked: tuple[int, ...]  # in the boxes at the left

    @property
    def opened(self) -> int | None:
        """The row of which a cell was clicked."""
        return self.cell[0] if self.cell else None


def marking_table(
    rows: Iterable[Mapping[str, Any]],
    *,
    key: str,
    alt: str,
    columns: Mapping[str, Any] | None = None,
    formats: Mapping[str, Callable[[Any], str]] | None = None,
    within: int | None = None,
    mark: bool = True,
) -> PickedRows:
    """A grid as `table` shows it, of which a click opens a row and, with `mark`, the boxes at the left mark several."""
    modes = ["single-cell", *(["multi-row"] if mark else [])]
    marked, clicked = _grid(rows, modes, key=key, alt=alt, columns=columns, formats=formats, within=within)
    return PickedRows(clicked[0] if clicked else None, tuple(sorted(marked)))


def editing_table(
    rows: Sequence[Mapping[str, Any]], *, key: str, fixed: Sequence[str], columns: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The rows as the reader left them in a grid that can be edited, but for the columns `fixed`."""
    edited: Any = st.data_editor(
        list(rows), key=key, hide_index=True, disabled=list(fixed), column_config=dict(columns or {}),
        height=height_of(len(rows)), placeholder=NOTHING,
    )  # fmt: skip
    return list(edited)


def _grid(
    rows: Iterable[Mapping[str, Any]], modes: list[Any], *, key: str, alt: str, columns: Mapping[str, Any] | None,
    formats: Mapping[str, Callable[[Any], str]] | None, within: int | None,
) -> tuple[tuple[int, ...], tuple[tuple[int, str], ...]]:  # fmt: skip
    """The numbers of the rows that are marked, and the cells that were clicked."""
    import pandas as pd

    listed = list(rows)
    frame = pd.DataFrame(listed)
    reads: Any = _reads(frame, formats or {}, columns or {})
    config = {**_wide_enough(frame, formats or {}), **(columns or {})}
    shown: Any = frame.style.format(reads, na_rep=NOTHING) if reads and len(frame) else frame
    options: dict[str, Any] = {
        "hide_index": True,
        "column_config": config,
        "key": key,
        "alt": alt,
        "placeholder": NOTHING,
        "height": height_of(len(frame), within or (_OPENS if modes else WITHIN)),
    }
    marked: Sequence[int] = ()
    clicked: Sequence[tuple[int, str]] = ()
    with st.container(key=f"grid-{key}", gap=None):
        if not modes:
            st.dataframe(shown, **options)
        else:
            chosen = st.dataframe(shown, on_select="rerun", selection_mode=modes, **options).selection
            marked, clicked = chosen.rows, chosen.cells
        if len(frame) > 1:
            _save(listed, key=key, name=alt)
    within_it = len(frame)
    return tuple(row for row in marked if row < within_it), tuple(cell for cell in clicked if cell[0] < within_it)


def height_of(rows: int, within: int = WITHIN) -> int | Literal["content"]:
    """How tall a table of so many rows is: as they are, unless they are many more than fit `within` so many pixels.

    One that scrolls ends in half a row, so that it is seen that there are more.
    """
    half = _ROW // 2
    fit = (within - _HEAD - half) // _ROW
    return "content" if rows <= max(_ROWS_IN_FULL, fit + _FEW) else _HEAD + fit * _ROW + half


def _save(rows: Sequence[Mapping[str, Any]], *, key: str, name: str) -> None:
    """Two small buttons that come up over a grid and save its rows: our own, since Streamlit's own way to CSV writes
    cells that a spreadsheet runs as formulas."""
    from app.export import csv_file, parquet_file

    file = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "table"
    with st.container(key=f"saving-{key}", horizontal=True, gap=None, width="content"):
        for kind, mime, make in (
            ("csv", "text/csv", csv_file),
            ("parquet", "application/vnd.apache.parquet", parquet_file),
        ):
            st.download_button(
                "CSV" if kind == "csv" else "Parquet",
                data=partial(_content, make, rows), mime=mime, file_name=f"{file}.{kind}", key=f"{key}-{kind}",
                on_click="ignore", type="tertiary", icon=":material/download:", help=literal(f"Save as {kind}: {name}"),
            )  # fmt: skip


def _content(make: Callable[[Sequence[Mapping[str, Any]]], bytes], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The file of what a grid shows; cells that hold several values hold them as one text."""
    plain = [{k: " → ".join(map(str, v)) if isinstance(v, list) else v for k, v in row.items()} for row in rows]
    return make(plain)


def _reads(
    frame: pd.DataFrame, formats: Mapping[str, Callable[[Any], str]], columns: Mapping[str, Any]
) -> dict[str, Callable[[Any], str]]:
    """How the columns read: as `formats` says; whole numbers with thousands separated, but for those of rows."""
    whole = [c for c in frame.select_dtypes("integer").columns if c not in columns and c != "No."]
    return {**dict.fromkeys(whole, count), **formats}


def _wide_enough(frame: pd.DataFrame, formats: Mapping[str, Callable[[Any], str]]) -> dict[str, Any]:
    """The width of columns whose numbers read longer than they are, which the grid measures: "11 min 32 s"."""
    import pandas as pd

    longest = {
        column: max((len(read(value)) for value in frame[column] if pd.notna(value)), default=0)
        for column, read in formats.items()
        if column in frame
    }
    return {
        column: st.column_config.Column(width=_PADDING + _SIGN * max(longest[column], len(column)))
        for column in longest
        if longest[column] > _SHORT
    }


def score_column(help: str) -> Any:
    """A column of scores from 0 to 100, each as a bar with its number."""
    return st.column_config.ProgressColumn(
        min_value=0, max_value=100, format="%.0f", help=help, width="small", color="gray"
    )


def wide_column() -> Any:
    """A column of sentences."""
    return st.column_config.TextColumn(width="large")
