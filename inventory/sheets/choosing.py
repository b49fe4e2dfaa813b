"""What a person chose for the headings of a sheet, said as the reading of a sheet takes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from inventory.sheets.values import MappedColumn
from inventory.sheets.words import word_key


def said_columns(found: Sequence[MappedColumn], chosen: Mapping[int, str | None]) -> dict[str, str]:
    """What to say of `found`, which nobody said anything of yet, so that each heading means what was `chosen`.

    `chosen` has the column, or None for one that is not stored, by the heading's place; what it lacks stays as it was
    found. A column that was chosen for one heading is taken from no other; of two choices of one column the later
    heading counts. Headings are named by their words, since a sheet of the same layout may have them in another order,
    and by place where two say the same.
    """
    was = {one.place: one.column for one in found}
    touched = [one for one in found if chosen.get(one.place, one.column) != one.column]
    keys = Counter(word_key(one.heading) for one in found)

    def name(one: MappedColumn) -> str:
        alone = one.heading and keys[word_key(one.heading)] == 1 and not one.heading.startswith("#")
        return one.heading if alone else f"#{one.place}"

    said = {column: name(one) for one in touched if (column := chosen[one.place]) is not None}
    for one in touched:
        column = was[one.place]
        if column is not None and column not in said:
            left = [other for other in found if other.column == column and other not in touched]
            said[column] = name(left[0]) if left else ""
    return said
