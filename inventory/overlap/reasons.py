"""Why two pilots, or a cluster of them, may do the same work, in words that a sceptic can check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.figures import per_cent
from inventory.overlap.features import PairTable

ALIKE = 1.5  # standard scores from which meanings or letters are told as near
_MOST = 5  # things named in one sentence


@dataclass(frozen=True)
class Common:
    """What two pilots have in common, as the first of them writes it."""

    tasks: tuple[str, ...]  # mined activities
    activities: tuple[str, ...]
    words: tuple[str, ...]
    systems: tuple[str, ...]  # rare ones only
    data: tuple[str, ...]
    departments: tuple[str, ...]


def reason(common: Common, near: Mapping[str, float], same: int, different: int) -> str:
    """The sentence for one pair; `near` has the features of it by name."""
    said = []
    if common.tasks:
        said.append(f"same mined task {listed(common.tasks)}")
    if common.activities:
        said.append(f"same activity {listed(common.activities)}")
    said += _nearness(near)
    if common.words:
        said.append(f"words in common {listed(common.words)}")
    if common.data:
        said.append(f"same data {listed(common.data)}")
    if common.systems:
        said.append(f"same system {listed(common.systems)}")
    where = common.departments
    said.append(f"in {' and '.join(where)}" if len(where) > 1 else f"both in {where[0]}")
    if same or different:
        said.append(f"answers: {same} same work, {different} other work")
    text = "; ".join(said)
    return text[0].upper() + text[1:] + "."


def _nearness(near: Mapping[str, float]) -> list[str]:
    """What is near in meaning or letters, and what speaks against it."""
    said = []
    fields = [f for f in ("name", "activity", "purpose") if near.get(f"meaning_{f}", 0.0) >= ALIKE]
    if fields:
        said.append(f"near in meaning by {' and '.join(fields)}")
    elif near.get("meaning_all", 0.0) >= ALIKE:
        said.append("near in meaning as a whole")
    letters = [f for f in ("name", "activity", "purpose") if near.get(f"letters_{f}", 0.0) >= 2 * ALIKE]
    if letters:
        said.append(f"written alike in {' and '.join(letters)}")
    return said


def cluster_reasons(pairs: Sequence[Common], size: int, probability: float) -> tuple[str, ...]:
    """Why pilots stand in one cluster: what most of its pairs have in common, the strongest first."""
    said = []
    for words, kind in (("same mined task", "tasks"), ("same activity", "activities"), ("words in common", "words"),
                        ("same data", "data"), ("same system", "systems")):  # fmt: skip
        counts = Counter(thing for pair in pairs for thing in getattr(pair, kind))
        often = [thing for thing, count in counts.most_common(_MOST) if count * 2 >= len(pairs)]
        if often:
            said.append(f"Most of its pairs have the {words} {listed(often)}.".replace("the words in common", "words"))
    units = {unit for pair in pairs for unit in pair.departments}
    said.append(f"{size} pilots in {len(units)} department{'s' if len(units) > 1 else ''}.")
    said.append(f"Its pairs do the same work with a probability of {per_cent(probability)} on average.")
    return tuple(said)


def listed(things: Sequence[str]) -> str:
    """The things in backticks, at most five of them and how many more."""
    shown = ", ".join(f"`{thing}`" for thing in things[:_MOST])
    return shown + (f" and {len(things) - _MOST} more" if len(things) > _MOST else "")


def features_of(table: PairTable, row: int) -> dict[str, float]:
    """The features of one pair by name."""
    return {name: float(value) for name, value in zip(table.names, table.values[row], strict=True)}
