"""Which row of a sheet is its header, and which column each heading means: proposed with reasons, or as it was said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from core.errors import BadInput, not_found
from inventory.columns import BY_NAME, COLUMNS
from inventory.sheets.values import EMPTY, Grid, MappedColumn, SheetCell, SheetLine, SheetReading
from inventory.sheets.words import LANGUAGES, english, heading_of, headings, unit_of, word_key

SURE = 0.8  # below this, a heading is only proposed
_HEAD = 40  # rows in which the header is looked for
_ALIKE = 0.88
_LONGEST = 200  # characters of a heading that can mean a column
_EXAMPLES, _LOOK, _SHOWN = 3, 200, 60  # values told of a column, rows in which they are looked for, their characters
_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_NEUTRAL = {"ai", "ki", "ia", "pilot", "project", "projekt", "projet", "proyecto", "progetto", "projeto", "current"}


@dataclass(frozen=True)
class SheetMapping:
    """The header of a grid and the columns that its headings mean."""

    header: SheetLine
    rows: tuple[SheetLine, ...]
    columns: tuple[MappedColumn, ...]
    places: Mapping[str, tuple[int, ...]]  # column to its places in a row, from 0: several where headings are doubled

    @property
    def absent(self) -> tuple[str, ...]:
        """The columns that the sheet does not have."""
        return tuple(c.name for c in COLUMNS if c.name not in self.places)


def map_columns(grid: Grid, reading: SheetReading) -> SheetMapping:
    """The header of `grid`, the rows below it, and what each column means.

    A column's own name wins over other words for it, and what was said over both. Raises BadInput for what was said and
    is not there, and where no pilot stands below the header.
    """
    _check_said(reading)
    place = _header(grid, reading)
    header, rows = grid.lines[place], grid.lines[place + 1 :]
    if not rows:
        raise BadInput(f"`{grid.file}` has a header and no pilots below it.")
    width = max(len(line.cells) for line in (header, *rows))
    names = [_heading(header, number) for number in range(width)]
    used = [n for n in range(width) if names[n] or any(_text(line, n) for line in rows)]
    said = _said(names, used, reading, grid.file)
    found = [_proposal(names[n], n, said) for n in used]
    columns = [replace(one, examples=_examples(rows, one.place - 1)) for one in _settled(found)]
    places: dict[str, list[int]] = {}
    for one in columns:
        if one.column is not None:
            places.setdefault(one.column, []).append(one.place - 1)
    return SheetMapping(header, rows, tuple(columns), {name: tuple(where) for name, where in places.items()})


def headings_of(grid: Grid, place: int) -> tuple[str, ...]:
    """The keys of the headings in the line at `place`, by which the same layout is known again."""
    return tuple(word_key(cell.text) for cell in grid.lines[place].cells if cell is not None and cell.text)


def find_header(grid: Grid, reading: SheetReading) -> int:
    """The place of the header among the lines of `grid`, as `map_columns` finds it. Raises BadInput."""
    return _header(grid, reading)


def _check_said(reading: SheetReading) -> None:
    for column in (*reading.columns, *reading.defaults, *reading.words, *reading.fill_down):
        if column not in BY_NAME:
            raise not_found("column", column, BY_NAME)


def _header(grid: Grid, reading: SheetReading) -> int:
    if grid.headed:
        return 0
    if reading.header_row is not None:
        for place, line in enumerate(grid.lines):
            if line.number == reading.header_row:
                return place
        raise BadInput(f"`{grid.file}` has nothing in row {reading.header_row}, which was said to be its header.")
    wanted = {word_key(text) for text in reading.columns.values() if text and not text.startswith("#")}
    scores = [_score(line, wanted) for line in grid.lines[:_HEAD]]
    best = max(scores, default=0)
    if best >= 2:
        return scores.index(best)
    widest = max(sum(bool(c and c.text) for c in line.cells) for line in grid.lines[:_HEAD])
    enough = [
        n for n, line in enumerate(grid.lines[:_HEAD]) if sum(bool(c and c.text) for c in line.cells) * 2 > widest
    ]
    return enough[0] if enough else 0


def _score(line: SheetLine, wanted: set[str]) -> int:
    """How many different columns the cells of a line would mean as headings."""
    texts = {cell.text for cell in line.cells if cell is not None and cell.text and not cell.exact}
    found = [heading_of(text) or unit_of(text) for text in texts if len(text) < 100]
    columns = {each[0] if isinstance(each, tuple) else each.column for each in found if each is not None}
    return len(columns) + len({word_key(text) for text in texts} & wanted)


def _heading(header: SheetLine, number: int) -> str:
    cell = header.cells[number] if number < len(header.cells) else EMPTY
    return cell.text if cell is not None else ""


def _text(line: SheetLine, number: int) -> str:
    cell: SheetCell | None = line.cells[number] if number < len(line.cells) else EMPTY
    return cell.text if cell is not None else ""


def _examples(rows: Sequence[SheetLine], number: int) -> tuple[str, ...]:
    """The first different values of a column."""
    found: dict[str, None] = {}
    for line in rows[:_LOOK]:
        text = " ".join(_text(line, number).split())
        if text:
            found[text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"] = None
        if len(found) == _EXAMPLES:
            break
    return tuple(found)


def _said(names: Sequence[str], used: Sequence[int], reading: SheetReading, file: str) -> dict[int, str]:
    """Places to the columns they were said to be; empty for those that were said to be left out."""
    found: dict[int, str] = {}
    problems = []
    for column, heading in reading.columns.items():
        if not heading:
            continue
        if heading.startswith("#") and heading[1:].isdecimal():
            places = [n for n in used if n + 1 == int(heading[1:])]
        else:
            places = [n for n in used if word_key(names[n]) == word_key(heading)]
        if not places:
            listed = ", ".join(f"`{names[n]}`" for n in used if names[n])
            problems.append(f"There is no heading `{heading}` for `{column}`. Known: {listed}.")
        found |= dict.fromkeys(places, column)
    if problems:
        raise BadInput(f"The header of `{file}` cannot be used; nothing was stored.", problems=problems)
    without = {column for column, heading in reading.columns.items() if not heading}
    taken = set(found.values()) | without
    for n in used:
        proposal = propose(names[n])
        if n not in found and proposal.column in taken:
            found[n] = ""
    return found


def _proposal(name: str, place: int, said: Mapping[int, str]) -> MappedColumn:
    if place in said:
        column = said[place] or None
        reason = "as it was said" if column else "another was said to be that column, or none"
        return MappedColumn(name, place + 1, column, 1.0, reason)
    return replace(propose(name), place=place + 1)


def propose(heading: str) -> MappedColumn:
    """What a heading is taken for by itself: the column, how surely, and why. Its place is not set."""
    key = word_key(heading)
    if len(heading) > _LONGEST:
        return MappedColumn(heading, 0, None, 0.0, "it is too long for a heading")
    if not key:
        return MappedColumn(heading, 0, None, 0.0, "it has no heading")
    known = heading_of(heading)
    unit = unit_of(heading)
    if known is not None and not known[1]:
        return MappedColumn(heading, 0, known[0], 1.0, f"the name of `{known[0]}`")
    if known is not None and (unit is None or not (unit.period or unit.currency)):
        return MappedColumn(heading, 0, known[0], 0.95, f"{LANGUAGES[known[1]]} word for `{known[0]}`")
    if unit is not None:
        said = [f"of a {unit.period}" if unit.period else "", f"in {unit.currency}" if unit.currency else "",
                "in thousands" if unit.factor > 1 else ""]  # fmt: skip
        reason = f"`{unit.column}`, {', '.join(part for part in said if part) or 'by its words'}"
        return MappedColumn(heading, 0, unit.column, 0.9, reason)
    return _guess(heading, key)


def _guess(heading: str, key: str) -> MappedColumn:
    """What a heading with other words or a slip of the pen is most like."""
    bare = " ".join(word for word in word_key(_BRACKETS.sub(" ", heading)).split() if word not in _NEUTRAL)
    if bare != key and (known := headings().get(bare)):
        return MappedColumn(heading, 0, known[0], 0.85, f"without what says nothing it is `{bare}`")
    words, best = set(key.split()), (0.0, "", "")
    for name, (column, _) in headings().items():
        parts = name.split()
        if len(name) >= 4 and set(parts) <= words:
            score = 0.5 + 0.25 * len(parts) / len(words)
            best = max(best, (score, column, f"it has the words of `{name}`"))
        elif len(name) >= 5 and abs(len(name) - len(key)) <= 2:
            likeness = SequenceMatcher(None, name, key, autojunk=False).ratio()
            if likeness >= _ALIKE:
                best = max(best, (likeness - 0.05, column, f"it is written almost as `{name}`"))
    score, column, reason = best
    if not column:
        return MappedColumn(heading, 0, None, 0.0, "no column is called so")
    if score >= SURE:
        return MappedColumn(heading, 0, column, round(score, 2), reason)
    return MappedColumn(heading, 0, None, round(score, 2), f"{reason}, which is not enough", proposed=column)


def _settled(found: Sequence[MappedColumn]) -> list[MappedColumn]:
    """Of several headings that mean one column, only the surest; those that are as sure stay, to be compared."""
    best: dict[str, float] = {}
    for one in found:
        if one.column is not None:
            best[one.column] = max(best.get(one.column, 0.0), one.confidence)
    return [
        one
        if one.column is None or one.confidence == best[one.column]
        else replace(one, column=None, proposed=one.column, reason=f"another heading is surer to be `{one.column}`")
        for one in found
    ]


def missing_columns(mapping: SheetMapping, reading: SheetReading) -> tuple[tuple[str, str], ...]:
    """The required columns that the header lacks, each with a sentence that says what can be done."""
    found = []
    for column in (
        c for c in COLUMNS if c.required and c.name not in mapping.places and not reading.defaults.get(c.name)
    ):
        like = [one.heading for one in mapping.columns if one.proposed == column.name]
        listed = ", ".join(f"`{alias}`" for alias in english(column.name)[:6])
        guess = f" Is it `{like[0]}`?" if like else ""
        text = (
            f"There is no column `{column.name}`.{guess} Also understood: {listed}. Say which it is with "
            f"`--column {column.name}=HEADING`, or the same for all with `--default {column.name}=VALUE`."
        )
        found.append((column.name, text))
    return tuple(found)
