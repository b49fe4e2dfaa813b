"""Deviations in plain words: what the moves of alignments that trace and model do not share say about the work.

Pure functions: an alignment gives the slips of one trace; the slips of all traces, grouped, are the deviations.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mining.conformance.align import Alignment, Move, MoveKind, Trace
from mining.conformance.around import Around


class DeviationKind(StrEnum):
    """How work departs from a model."""

    SKIPPED = "skipped"  # the model wants the activity here; the case does not have it
    EXTRA = "extra"  # the case has the activity; the model does not want it here, or not at all
    TOO_OFTEN = "too often"  # done again, beyond what the model allows
    WRONG_ORDER = "wrong order"  # done, but before what the model wants first
    WRONG_PERFORMER = "wrong performer"  # done by another than the model says


@dataclass(frozen=True)
class DeviationPlace:
    """Where in the work a deviation happens: between two activities that model or case has; None is start or end."""

    after: str | None
    before: str | None
    cases: int


@dataclass(frozen=True)
class Deviation:
    """One way in which cases depart from the model."""

    kind: DeviationKind
    activity: str
    other: str | None  # wrong order: what the model wants first; wrong performer: who, or what kind, did it
    sentence: str
    cases: int
    share: float  # of all cases; estimated where not all were aligned
    cost: int  # of the alignments of these cases that it explains
    places: tuple[DeviationPlace, ...] = ()  # the most frequent ones
    variants: tuple[int, ...] = ()  # numbers of the variants that have it, by falling number of cases
    digests: tuple[str, ...] = ()  # of the same variants, as a filter of variants names them
    case_numbers: tuple[int, ...] = ()  # only for a wrong performer, which is no matter of variants
    performers: tuple[
        str, ...
    ] = ()  # only for a wrong performer: who they are, where the model names or rules them out

    @property
    def key(self) -> str:
        """Its name within a model, such as `skipped: check`."""
        return key(self.kind, self.activity, self.other)


@dataclass(frozen=True)
class Slip:
    """A deviation in one trace."""

    kind: DeviationKind
    activity: str
    other: str | None
    after: str | None
    before: str | None
    cost: int


@dataclass(frozen=True)
class Aligned:
    """A variant with its alignment."""

    number: int
    digest: str
    trace: Trace
    cases: int
    alignment: Alignment
    weight: float = 1.0  # how many variants like it that were not aligned it stands for, itself included


MOST_PLACES = 5


def key(kind: DeviationKind, activity: str, other: str | None) -> str:
    """The name of a deviation within a model; it stays the same from log to log."""
    if kind is DeviationKind.WRONG_ORDER:
        return f"{kind}: {activity} before {other}"
    return f"{kind}: {activity}" + (f" by {other}" if other else "")


def slips(alignment: Alignment, labels: frozenset[str]) -> tuple[Slip, ...]:
    """The deviations of one trace from a model with the activities `labels`. Their costs add up to the alignment's."""
    if not alignment.cost:
        return ()
    moves = alignment.moves
    around = Around(moves)
    done = {move.activity for move in moves if move.kind is MoveKind.BOTH}
    paired = dict(_pairs(moves, around))
    partners = set(paired.values())
    found = []
    for place, move in enumerate(moves):
        if move.kind is MoveKind.BOTH or place in partners:
            continue
        if place in paired:
            found.append(_order(moves, around, place, paired[place]))
            continue
        kind = DeviationKind.SKIPPED
        if move.kind is MoveKind.LOG:
            kind = DeviationKind.TOO_OFTEN if move.activity in labels and move.activity in done else DeviationKind.EXTRA
        found.append(Slip(kind, move.activity, None, around.before(place), around.after(place), 1))
    return tuple(found)


def deviations(
    found: Iterable[Aligned], labels: frozenset[str], repeatable: frozenset[str], total: int | None = None
) -> tuple[Deviation, ...]:
    """The deviations of all variants in `found`, by falling number of cases.

    `labels` are the activities of the model, `repeatable` those that it allows more than once in a case, `total` the
    cases that shares are of (None: those of `found`).
    """
    variants = list(found)
    total = sum(one.cases for one in variants) if total is None else total
    groups: dict[tuple[DeviationKind, str, str | None], list[tuple[Aligned, Slip]]] = {}
    for one in variants:
        for slip in slips(one.alignment, labels):
            groups.setdefault((slip.kind, slip.activity, slip.other), []).append((one, slip))
    made = [_deviation(what, group, total, labels, repeatable) for what, group in groups.items()]
    return tuple(sorted(made, key=lambda d: (-d.cases, d.key)))


def _deviation(
    what: tuple[DeviationKind, str, str | None],
    group: Sequence[tuple[Aligned, Slip]],
    total: int,
    labels: frozenset[str],
    repeatable: frozenset[str],
) -> Deviation:
    kind, activity, other = what
    variants = {one.number: one for one, _ in sorted(group, key=lambda pair: (-pair[0].cases, pair[0].number))}
    cases = sum(one.cases for one in variants.values())
    places = _places(group)
    sentence = _sentence(kind, activity, other, places, cases, activity in labels, activity in repeatable)
    return Deviation(
        kind, activity, other, sentence, cases,
        min(1.0, sum(one.cases * one.weight for one in variants.values()) / total),
        sum(slip.cost * one.cases for one, slip in group),
        places[:MOST_PLACES], tuple(variants), tuple(one.digest for one in variants.values()),
    )  # fmt: skip


def _pairs(moves: Sequence[Move], around: Around) -> Iterator[tuple[int, int]]:
    """Each move of the trace alone with the nearest move of the model alone that does the same activity, once each."""
    free: dict[str, list[int]] = {}
    for place, move in enumerate(moves):
        if move.kind is MoveKind.MODEL:
            free.setdefault(move.activity, []).append(place)
    for place, move in enumerate(moves):
        if move.kind is MoveKind.LOG and (places := free.get(move.activity)):
            right = bisect(places, place)
            near = [n for n in (right - 1, right) if 0 <= n < len(places)]
            number = min(near, key=lambda n: abs(places[n] - place))
            if around.between(place, places[number]) is not None:
                yield place, places.pop(number)


def _order(moves: Sequence[Move], around: Around, log: int, model: int) -> Slip:
    """The slip of an activity that was done at `log` and that the model wants at `model`."""
    other = around.between(log, model)
    assert other is not None
    activity = moves[log].activity
    first, wanted = (activity, other) if log < model else (other, activity)
    before, after = around.before(min(log, model)), around.after(max(log, model))
    return Slip(DeviationKind.WRONG_ORDER, first, wanted, before, after, 2)


def _places(group: Sequence[tuple[Aligned, Slip]]) -> tuple[DeviationPlace, ...]:
    counted: Counter[tuple[str | None, str | None]] = Counter()
    seen = set()
    for one, slip in group:
        if (one.number, slip.after, slip.before) not in seen:
            seen.add((one.number, slip.after, slip.before))
            counted[slip.after, slip.before] += one.cases
    ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0][0] or "", item[0][1] or ""))
    return tuple(DeviationPlace(after, before, cases) for (after, before), cases in ordered)


def _sentence(
    kind: DeviationKind,
    activity: str,
    other: str | None,
    places: Sequence[DeviationPlace],
    cases: int,
    known: bool,
    loops: bool,
) -> str:
    where = in_words(places, cases)
    match kind:
        case DeviationKind.SKIPPED:
            return f"`{activity}` is skipped {where}."
        case DeviationKind.TOO_OFTEN if loops:
            return f"`{activity}` is done again where the model does not repeat it, {where}."
        case DeviationKind.TOO_OFTEN:
            return f"`{activity}` is done again {where}; the model allows it once."
        case DeviationKind.WRONG_ORDER:
            return f"`{activity}` is done before `{other}`, although the model wants `{other}` first."
    if not known:
        return f"`{activity}` is done {where}; the model does not have it."
    return f"`{activity}` is done {where}, where the model does not want it."


def in_words(places: Sequence[DeviationPlace], cases: int) -> str:
    """Where it happens: the most frequent place, and whether that is everywhere."""
    if not places:
        return ""
    first = places[0]
    after = f"after `{first.after}`" if first.after else ""
    before = f"before `{first.before}`" if first.before else ""
    where = ", ".join(part for part in (after, before) if part)
    if not first.after:
        where = f"at the start, {before}" if before else "in the whole case"
    elif not first.before:
        where = f"{after}, at the end"
    if len(places) == 1:
        return where
    return f"mostly {where}" if 2 * first.cases > cases and places[1].cases < first.cases else f"{where}, or elsewhere"


def costs_without(found: Iterable[Aligned], allowed: frozenset[str], labels: frozenset[str]) -> Mapping[Trace, int]:
    """The cost of each variant when the deviations named in `allowed` cost nothing."""
    costs = {}
    for one in found:
        if not allowed:
            costs[one.trace] = one.alignment.cost
            continue
        free = sum(s.cost for s in slips(one.alignment, labels) if key(s.kind, s.activity, s.other) in allowed)
        costs[one.trace] = one.alignment.cost - free
    return costs
