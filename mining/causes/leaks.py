"""The guard against circles: factors that a mark is made of say nothing of why, and are left out with the reason."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core.selection.selection import Selection
from mining.causes.candidates import CountedFactor, Tally
from mining.causes.values import FactorKind, Mark, Quick, UntestedFactors

_MORE_STEPS = "more activity instances take more time, so it says nothing of why"
_MORE_PEOPLE = "more performers make it more likely by themselves"
_ENDS = "a case that is not complete ends where it stands"
_LATE = "what started last has had the least time to end"
_TRACE = "the trace alone decides whether a case is marked"
_AGAIN = "it can only stand where an activity comes again"
_ANOTHER_NAME = "it holds for the marked cases, or for the others, and for hardly any else: another name of the mark"
_DECIDES = "each of its values is wholly marked or wholly unmarked: most likely made from the same fact"
_ASKED = "the mark itself asks for it"

ANOTHER_NAME = 0.98  # correlation from which a factor counts as the mark itself


@dataclass(frozen=True)
class Guard:
    """What must not be tested, since the mark is made of it."""

    kinds: tuple[tuple[FactorKind, str], ...] = ()  # whole kinds, each with the reason
    activities: frozenset[str] = frozenset()  # activities and every path that touches them
    paths: frozenset[tuple[str, str]] = frozenset()
    attributes: frozenset[str] = frozenset()
    performers: frozenset[str] = frozenset()
    rework: bool = False  # paths that can only stand where an activity comes again
    timed: bool = False  # the mark is a long cycle time: numbers that go with it are another name of it

    def and_(self, other: Guard) -> Guard:
        """Both guards in one."""
        return Guard(
            self.kinds + other.kinds, self.activities | other.activities, self.paths | other.paths,
            self.attributes | other.attributes, self.performers | other.performers, self.rework or other.rework,
            self.timed or other.timed,
        )  # fmt: skip


def guard_of(mark: Mark, base: Selection) -> Guard:
    """What `mark` is made of, for cases that `base` left."""
    if mark.quick is not None:
        return _of_quick(mark.quick).and_(Guard(activities=frozenset(mark.made_of)))
    guard = Guard()
    for found in mark.selection.active if mark.selection else ():
        if found not in base.filters:
            guard = guard.and_(_of_filter(found))
    return guard


def _of_quick(quick: Quick) -> Guard:
    if quick in (Quick.SLOWEST, Quick.SLOWER, Quick.OVERDUE):
        return Guard(((FactorKind.LENGTH, _MORE_STEPS),), timed=True)
    if quick is Quick.REWORK:
        kinds = ((FactorKind.LENGTH, "rework is more activity instances"), (FactorKind.VARIANT, _TRACE))
        return Guard(kinds, rework=True)
    if quick is Quick.OPEN:
        ends = ((kind, _ENDS) for kind in (FactorKind.END, FactorKind.VARIANT, FactorKind.LENGTH))
        return Guard((*ends, (FactorKind.STARTED, _LATE)))
    if quick is Quick.DEVIATING:
        return Guard(((FactorKind.VARIANT, _TRACE),))
    return Guard()


def _of_filter(found: Any) -> Guard:
    """What one filter of a selection asks for."""
    kind = found.kind
    if kind == "timeframe":
        return Guard(((FactorKind.STARTED, _ASKED),))
    if kind == "attribute":
        return _of_attribute(str(found.attribute))
    if kind == "variant":
        return Guard(((FactorKind.VARIANT, _ASKED),))
    if kind == "activity":
        return Guard(((FactorKind.VARIANT, _TRACE),), activities=frozenset(found.activities))
    if kind == "follows":
        return Guard(((FactorKind.VARIANT, _TRACE),), paths=frozenset({(found.source, found.target)}))
    if kind == "endpoint":
        side = FactorKind.START if found.side == "start" else FactorKind.END
        return Guard(((side, _ASKED), (FactorKind.VARIANT, _TRACE)))
    if kind == "metric":
        return _of_metric(str(found.metric))
    if kind == "performer":
        return Guard(((FactorKind.PERFORMER_KIND, _ASKED),), performers=frozenset(found.performers))
    if kind == "rework":
        return _of_quick(Quick.REWORK)
    if kind == "four_eyes":
        return Guard(activities=frozenset({found.first, found.second}))
    return _of_quick(Quick.OPEN) if kind == "complete" else Guard()


def _of_attribute(name: str) -> Guard:
    if name == "performer_kind":
        return Guard(((FactorKind.PERFORMER_KIND, _ASKED), (FactorKind.PERFORMER, _ASKED)))
    if name == "performer":
        return Guard(((FactorKind.PERFORMER, _ASKED), (FactorKind.PERFORMER_KIND, _ASKED)))
    if name == "system":
        return Guard(((FactorKind.SYSTEM, _ASKED),))
    return Guard(attributes=frozenset({name.split(":", 1)[-1]}))


def _of_metric(metric: str) -> Guard:
    if metric in ("events", "activities", "rework"):
        return Guard(((FactorKind.LENGTH, _ASKED), (FactorKind.VARIANT, _TRACE)), rework=metric == "rework")
    if metric == "performers":
        return Guard(((FactorKind.PERFORMER, _MORE_PEOPLE), (FactorKind.LENGTH, _MORE_PEOPLE)))
    return Guard(((FactorKind.LENGTH, _MORE_STEPS),))


def decided_by_trace(found: Iterable[Tally]) -> bool:
    """Whether every variant with several cases is wholly marked or wholly unmarked, and there are both."""
    several = [t for t in found if t.cases > 1]
    pure = all(t.marked in (0, t.cases) for t in several)
    return pure and {t.marked > 0 for t in several} == {True, False} and len(several) >= 5


@dataclass(frozen=True)
class Sieved:
    """Candidates that are tested, and those that are not."""

    kept: tuple[CountedFactor, ...]
    left_out: tuple[UntestedFactors, ...]


def sieve(
    candidates: Sequence[CountedFactor],
    guard: Guard,
    *,
    cases: int,
    marked: int,
    rework_paths: frozenset[tuple[str, str]],
) -> Sieved:
    """`candidates` without those that the mark is made of, or that are nearly the same cases as those marked."""
    kept: list[CountedFactor] = []
    left: defaultdict[str, list[CountedFactor]] = defaultdict(list)
    whole: dict[FactorKind, str] = dict(guard.kinds)
    deciding = _deciding(candidates)
    for found in candidates:
        reason = (
            whole.get(found.kind)
            or _reason(found, guard, rework_paths)
            or (_DECIDES if (found.kind, found.name) in deciding else None)
            or _same(found, cases, marked)
        )
        if reason:
            left[reason].append(found)
        else:
            kept.append(found)
    return Sieved(tuple(kept), tuple(UntestedFactors(_names(group), reason) for reason, group in left.items()))


def _deciding(candidates: Sequence[CountedFactor]) -> set[tuple[FactorKind, str]]:
    """The attributes with several values, each of which is wholly marked or wholly unmarked."""
    marked: defaultdict[tuple[FactorKind, str], list[float]] = defaultdict(list)
    for found in candidates:
        if found.name:
            marked[found.kind, found.name].append(found.marked / found.cases)
    return {key for key, shares in marked.items() if {0.0, 1.0} == set(shares)}


def _reason(found: CountedFactor, guard: Guard, rework_paths: frozenset[tuple[str, str]]) -> str | None:
    if found.name and found.name.split(":", 1)[-1] in guard.attributes:
        return _ASKED
    if found.kind is FactorKind.PERFORMER and found.label.value in guard.performers:
        return _ASKED
    if found.kind in (FactorKind.ACTIVITY, FactorKind.START, FactorKind.END) and found.label.value in guard.activities:
        return _ASKED
    if found.path and (found.path in guard.paths or guard.activities & set(found.path)):
        return _ASKED
    return _AGAIN if guard.rework and found.path in rework_paths else None


def _same(found: CountedFactor, cases: int, marked: int) -> str | None:
    """Why a factor is only another name of the mark: the correlation of the two (phi) is 1 or close to it."""
    a, b, c = found.marked, found.cases - found.marked, marked - found.marked
    d = cases - marked - b
    scale = math.sqrt(float(a + b) * (c + d) * (a + c) * (b + d))
    phi = abs(a * d - b * c) / scale if scale else 0.0
    return _ANOTHER_NAME if phi >= ANOTHER_NAME else None


def _names(group: Sequence[CountedFactor]) -> str:
    """What was left out, in a few words."""
    kinds = dict.fromkeys(found.kind for found in group)
    if len(group) <= 3:
        return "; ".join(f"{found.kind.value} {found.label.value}" for found in group)
    return f"{len(group)} factors: {', '.join(kind.value for kind in kinds)}"
