"""Steps without the names of persons: what a later step makes pseudonyms of must not stay readable in the lineage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import duckdb

from core.errors import BadInput
from ingest.cleaning.columns import distinct_values, find_places
from ingest.cleaning.steps import DropCases, MaskColumn, MergeLabels, Pseudonymise, RemoveColumn, Step, TidyLabels
from ingest.personal.keys import Key, is_pseudonym

PERSONS = "performer_kind NOT IN ('system', 'agent')"  # systems and agents keep their names


def word_of(column: str) -> str:
    """The word that the pseudonyms of `column` begin with."""
    return column.removeprefix("@").replace("_", " ").replace(":", " ").strip() or "value"


def pseudonym(value: str, column: str, key: Key) -> str:
    """The pseudonym of a value of `column`; `value` itself where it is one."""
    return value if is_pseudonym(value) else key.pseudonym(value, word_of(column))


def needless(steps: Sequence[Step]) -> list[Step]:
    """Those of `steps` that write labels into a column which a later step masks or removes."""
    return [
        step
        for number, step in enumerate(steps)
        if isinstance(step, MergeLabels)
        and any(isinstance(s, MaskColumn | RemoveColumn) and s.column == step.column for s in steps[number + 1 :])
    ]


def check_order(steps: Sequence[Step]) -> None:
    """Raise BadInput where names would stay in the lineage: of a needless step, or of one that cannot be hidden."""
    for step in needless(steps):
        assert isinstance(step, MergeLabels)
        raise BadInput(
            f"The step “merge labels of {step.column}” has no effect, since a later step masks or removes the column, "
            "and would keep its values in the lineage. Leave it out."
        )
    for number, step in enumerate(steps):
        later = [s for s in steps[number + 1 :] if getattr(s, "column", None) == getattr(step, "column", "")]
        hides = next((n for n, s in enumerate(later) if isinstance(s, Pseudonymise)), 0)
        if isinstance(step, MergeLabels) and any(isinstance(s, TidyLabels) for s in later[:hides]):
            raise BadInput(f"Trim the labels of {step.column} before merging them, or make the pseudonyms before that.")


def hidden(connection: duckdb.DuckDBPyConnection, step: Step, later: Sequence[Step], key: Callable[[], Key]) -> Step:
    """`step` with pseudonyms in place of the values that one of the steps after it makes pseudonyms of.

    `apply` does it to the values that have these pseudonyms, so that it can be done anew, and its outcome is the same.
    """
    made = {s.column for s in later if isinstance(s, Pseudonymise)}
    if isinstance(step, MergeLabels) and step.column in made and not step.hidden:
        column, keys = step.column, key()
        kept = _no_persons(connection, column)
        pairs = ((old, new) if old in kept else (pseudonym(old, column, keys), pseudonym(new, column, keys))
                 for old, new in step.mapping)  # fmt: skip
        return replace(step, mapping=tuple(pairs), hidden=True)
    if isinstance(step, DropCases) and step.cases and "case" in made and not step.hidden:
        keys = key()
        return replace(step, cases=tuple(pseudonym(case, "case", keys) for case in step.cases), hidden=True)
    return step


def revealed(mapping: Mapping[str, str], values: Collection[str], column: str, key: Key) -> dict[str, str]:
    """A hidden `mapping` for the `values` of `column`: what has a pseudonym in it is named beside what it has.

    A new label is named as well where one of the values has its pseudonym; else the pseudonym is what is written.
    """
    of = {pseudonym(value, column, key): value for value in values}
    return dict(mapping) | {of[old]: of.get(new, new) for old, new in mapping.items() if old in of}


def _no_persons(connection: duckdb.DuckDBPyConnection, column: str) -> set[str]:
    """The values of `column` that belong to systems and agents only."""
    if column != "performer":
        return set()
    places = find_places(connection, column)
    return set(distinct_values(connection, places)) - set(distinct_values(connection, places, PERSONS))
