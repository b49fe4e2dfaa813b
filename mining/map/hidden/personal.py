"""Activities that only some people do, and people who work differently from all others.

An activity is looked at beside its *anchor*, the activity that most often stands directly before it (after it, where
cases start with it), among those who do the anchor:

- *done by few*: at most a third of them ever do it, though they could be expected to: with the same work for all, n
  instances would meet sum(1 - (1 - w)^n) of them, w being each one's share of the anchor's instances; fewer than half
  of those did;
- *personal skip* (or *extra step*): in the cases of the one who did the anchor it is missing more often than not,
  while in the median colleague's cases it is there nine times in ten (or the other way round). Chance is ruled out by
  the binomial tail at 0.001, divided by the number of comparisons (Bonferroni).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from mining.map.dfg import Dfg
from mining.map.hidden.confidence import confidence
from mining.map.hidden.queries import rows
from mining.map.hidden.values import MOST_EXAMPLES, FindingFigure, HiddenFinding, HiddenKind, Judged
from mining.map.profile import neighbours

if TYPE_CHECKING:
    import duckdb

MOST_ACTIVITIES = 60  # the most frequent are looked at
LEAST_CASES = 10  # of a performer, or of an activity
LEAST_PEERS = 5  # who do the anchor
_ALWAYS, _NEVER, _HALF = 0.9, 0.1, 0.5
_CHANCE = 0.001


@dataclass(frozen=True)
class _Own:
    """The cases in which one performer did the anchor first."""

    performer: str
    cases: int
    having: int  # of these, cases that have the activity

    @property
    def rate(self) -> float:
        return self.having / self.cases


def personal(connection: duckdb.DuckDBPyConnection, dfg: Dfg) -> Judged:
    """Activities that only some people do, and people who skip what others do or do what others never do."""
    doers: defaultdict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for activity, performer, count, cases in rows(connection, "doers"):
        doers[activity][performer] = (count, cases)
    if len({performer for by in doers.values() for performer in by}) < LEAST_PEERS:
        return Judged((), f"Fewer than {LEAST_PEERS} people are named as performers.")
    anchors = _anchors(dfg)
    few = [f for a in anchors if (f := _done_by_few(connection, a, anchors[a], doers)) is not None]
    known = {f.activities[0] for f in few}
    return Judged((*few, *_variants(connection, anchors, known)), None, len(anchors))


def _anchors(dfg: Dfg) -> dict[str, str]:
    """Each activity with the one that most often stands directly before it; after it, where cases start with it."""
    found = {}
    for activity in dfg.activities[:MOST_ACTIVITIES]:
        if (activity.count if activity.cases is None else activity.cases) < LEAST_CASES:
            continue
        before, after = neighbours(dfg, activity.name)
        for side in (before, after):
            if side is not None and side.activity not in (None, activity.name):
                found[activity.name] = str(side.activity)
                break
    return found


def _done_by_few(
    connection: duckdb.DuckDBPyConnection, activity: str, anchor: str,
    doers: Mapping[str, Mapping[str, tuple[int, int]]],
) -> HiddenFinding | None:  # fmt: skip
    mine = doers.get(activity, {})
    peers = {p: n for p, (n, _) in doers.get(anchor, {}).items() if n >= LEAST_PEERS}
    instances = sum(n for n, _ in mine.values())
    few = sorted((p for p in mine if p in peers), key=lambda p: (-mine[p][0], p))
    if len(peers) < LEAST_PEERS or instances < LEAST_CASES or not few or 3 * len(few) > len(peers):
        return None
    by_peers = sum(mine[p][0] for p in few) / instances
    anchored = sum(peers.values())
    expected = sum(1 - (1 - n / anchored) ** instances for n in peers.values())
    if by_peers < 0.8 or len(few) > expected / 2:
        return None
    cases = sum(mine[p][1] for p in few)
    wanted = {"activity": activity, "most": MOST_EXAMPLES}
    return HiddenFinding(
        HiddenKind.PERSONAL, f"Only {len(few)} of the {len(peers)} performers of `{anchor}` ever do `{activity}`.",
        "The others may do it without recording it, or leave it out; or it is a duty of these few.",
        instances, cases, confidence(cases, by_peers, 1 - len(few) / expected),
        (
            FindingFigure("performers of both", len(few), "count"),
            FindingFigure(f"performers of {anchor}", len(peers), "count"),
            FindingFigure("expected if all did it alike", round(expected, 1), "count"),
            FindingFigure("instances done by these few", by_peers, "share"),
        ),
        tuple(row[0] for row in rows(connection, "activity_examples", wanted)),
        activities=(activity, anchor), performers=tuple(few),
    )  # fmt: skip


def _variants(
    connection: duckdb.DuckDBPyConnection, anchors: Mapping[str, str], known: set[str]
) -> list[HiddenFinding]:
    if not anchors:
        return []
    owners: defaultdict[tuple[str, str], list[_Own]] = defaultdict(list)
    wanted = {"anchors": list(anchors.values()), "activities": list(anchors)}
    for activity, anchor, performer, cases, having in rows(connection, "owners", wanted):
        if cases >= LEAST_CASES:
            owners[activity, anchor].append(_Own(performer, cases, having))
    comparisons = sum(map(len, owners.values()))
    found = []
    for (activity, anchor), own in owners.items():
        for skips in (True, False):
            odd = _odd(own, skips, _CHANCE / comparisons)
            if odd and (skips or activity not in known):
                found.append(_variant(connection, activity, anchor, own, odd, skips=skips))
    return found


def _odd(own: Sequence[_Own], skips: bool, chance: float) -> list[_Own]:
    """Those whose cases differ from the median colleague's; none where over a third differ: that is no habit."""
    if len(own) < 3:
        return []
    usual = median(o.rate for o in own)
    if not (usual >= _ALWAYS if skips else usual <= _NEVER):
        return []
    odd = [o for o in own if (o.rate <= _HALF if skips else o.rate >= _HALF) and _by_chance(o, usual, skips) < chance]
    return odd if 3 * len(odd) <= len(own) else []


def _by_chance(own: _Own, usual: float, skips: bool) -> float:
    """The probability of so few (or so many) cases with the activity, if each had it with the usual rate."""
    from scipy.stats import binom

    if skips:
        return float(binom.cdf(own.having, own.cases, min(usual, 0.99)))
    return float(binom.sf(own.having - 1, own.cases, max(usual, 0.01)))


def _variant(
    connection: duckdb.DuckDBPyConnection, activity: str, anchor: str, own: Sequence[_Own], odd: Sequence[_Own], *,
    skips: bool,
) -> HiddenFinding:  # fmt: skip
    usual = median(o.rate for o in own)
    total = sum(o.cases for o in odd)
    having = sum(o.having for o in odd)
    showing = total - having if skips else having
    who = f"`{odd[0].performer}`" if len(odd) == 1 else f"{len(odd)} of {len(own)} performers"
    rate = having / total
    names = [o.performer for o in odd]
    wanted = {"anchor": anchor, "activity": activity, "performers": names, "with": not skips, "most": MOST_EXAMPLES}
    return HiddenFinding(
        HiddenKind.PERSONAL,
        f"Cases in which {who} did `{anchor}` mostly {'skip' if skips else 'have'} `{activity}`, which "
        f"{'nearly all' if skips else 'hardly any'} others have.",
        "It may be done without being recorded, or left out." if skips else
        "A personal step: others may do it elsewhere, or not at all.",
        showing, showing, confidence(showing, showing / total, abs(rate - usual)),
        (
            FindingFigure("their cases with it", rate, "share"),
            FindingFigure("the median colleague's", usual, "share"),
            FindingFigure("their cases", total, "count"), FindingFigure("performers compared", len(own), "count"),
        ),
        tuple(row[0] for row in rows(connection, "owner_examples", wanted)),
        activities=(activity, anchor), performers=tuple(names),
    )  # fmt: skip
