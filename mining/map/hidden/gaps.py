"""Unexplained gaps: paths whose waiting time looks like work that nobody recorded.

A queue is sometimes empty, so its shortest waits are near 0. Three signs say that more than a queue lies in between:

- *hard minimum*: the 5th percentile is at least 0.6 of the lower quartile (0.18 in an exponential queue; nights and
  weekends lengthen the upper half only), and above what is usual around it;
- *two modes*: the gaps fall into a short and a long group (Otsu's split of the logarithms; Ashman's D above 3), which
  the hour at which the gap begins does not explain (adjusted eta squared below 0.3), so it is no night or weekend; the
  short ones take ten minutes at least, since "at once or later" is how any queue looks;
- *one hour*: gaps end within the same hour of the day at least four times in five, though little else happens then.

"Usual" is the median, weighted by count, of the median waits of the other paths that begin or end at one of the two
activities. Sources: N. Otsu, "A threshold selection method from gray-level histograms" (1979); K. Ashman et al.,
"Detecting bimodality in astronomical datasets" (1994).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mining.map.hidden.confidence import confidence
from mining.map.hidden.modes import Modes, explained_by, modes
from mining.map.hidden.queries import rows
from mining.map.hidden.values import MOST_EXAMPLES, Confidence, FindingFigure, HiddenFinding, HiddenKind, Judged

if TYPE_CHECKING:
    import duckdb

LEAST_CASES = 20  # cases of a path before its waiting time says anything
SHORTEST = 600.0  # seconds; below that nobody looks for a hidden step
_HARD = 0.6
_ONE_HOUR = 0.8
_RARE_HOUR = 0.25
_FIXED = 1.1
_DATES_ONLY = 0.9


@dataclass(frozen=True)
class _Gap:
    source: str
    target: str
    count: int
    cases: int
    waited: tuple[float, float, float, float]  # 5th, 25th, 50th and 95th percentile in seconds
    hour: int
    hour_share: float


def gaps(connection: duckdb.DuckDBPyConnection, *, has_start: bool) -> Judged:
    """The paths of the log whose waiting time points to unrecorded work, with what could not be judged."""
    every = [_Gap(row[0], row[1], row[2], row[3], tuple(row[4]), row[5], row[6]) for row in rows(connection, "gaps")]
    judged = [gap for gap in every if gap.cases >= LEAST_CASES]
    hours = rows(connection, "clock")
    dates_only = sum(row[2] for row in hours) >= _DATES_ONLY
    share_of = {row[0]: row[1] for row in hours}
    usual = _usual(judged, every)
    split = _two_modes(connection, [g for g in judged if g.waited[3] >= SHORTEST], usual)
    found = []
    for gap in judged:
        around = usual[gap.source, gap.target]
        if around is None:
            continue
        finding = _hard_minimum(connection, gap, around, has_start=has_start)
        if finding is None and (gap.source, gap.target) in split:
            finding = _modes_finding(connection, gap, split[gap.source, gap.target], around)
        if finding is None and not dates_only:
            finding = _one_hour(connection, gap, share_of.get(gap.hour, 0.0))
        if finding:
            found.append(finding)
    return Judged(tuple(found), _reason(judged, dates_only), len(judged))


def _reason(judged: Sequence[_Gap], dates_only: bool) -> str | None:
    if not judged:
        return f"No path has {LEAST_CASES} cases, which its waiting time needs before it says anything."
    if dates_only:
        return "The log has dates without a time of day: gaps were not judged by the hour at which they end."
    return None


def _usual(judged: Sequence[_Gap], every: Sequence[_Gap]) -> dict[tuple[str, str], float | None]:
    """The usual median wait around each path; None where it is the only path."""
    touching: defaultdict[str, list[_Gap]] = defaultdict(list)
    for gap in every:
        for end in {gap.source, gap.target}:
            touching[end].append(gap)
    found = {}
    for gap in judged:
        around = {id(g): g for end in (gap.source, gap.target) for g in touching[end] if g is not gap}
        found[gap.source, gap.target] = _middle(list(around.values()) or [g for g in every if g is not gap])
    return found


def _middle(gaps: Sequence[_Gap]) -> float | None:
    """The median of their median waits, each counted as often as the path was taken."""
    reached, half = 0, sum(g.count for g in gaps) / 2
    for gap in sorted(gaps, key=lambda g: g.waited[2]):
        reached += gap.count
        if reached >= half:
            return gap.waited[2]
    return None


def _hard_minimum(
    connection: duckdb.DuckDBPyConnection, gap: _Gap, usual: float, *, has_start: bool
) -> HiddenFinding | None:
    low, quartile, middle, high = gap.waited
    if low < max(SHORTEST, usual) or low < _HARD * quartile:
        return None
    fixed = high <= _FIXED * low
    included = "" if has_start else f" The log has no starts, so the gap includes the service time of {gap.target}."
    meaning = (
        "Nearly every gap has the same length: a timer, a legal term or a fixed waiting period is as likely as a step."
        if fixed
        else "A queue would now and then be empty. Something that takes time lies in between and is not in the log."
    )
    return _finding(
        connection, gap, f"`{gap.source}` is never soon followed by `{gap.target}`: even the fastest gaps are long.",
        meaning + included,
        confidence(gap.cases, low / quartile, (1 - usual / low) * (1 if has_start else 0.5)),
        (
            FindingFigure("shortest, 5th percentile", low, "seconds"), FindingFigure("median", middle, "seconds"),
            FindingFigure("95th percentile", high, "seconds"),
            FindingFigure("usual around it, median", usual, "seconds"),
        ),
        at_least=low,
    )  # fmt: skip


def _two_modes(
    connection: duckdb.DuckDBPyConnection, judged: Sequence[_Gap], usual: dict[tuple[str, str], float | None]
) -> dict[tuple[str, str], Modes]:
    """The paths with two modes, of which the time at which a gap begins explains little."""
    if not judged:
        return {}
    lengths: dict[tuple[str, str], dict[int, int]] = {(g.source, g.target): {} for g in judged}
    for source, target, step, count in rows(connection, "gap_lengths"):
        if (source, target) in lengths:
            lengths[source, target][step] = count
    found = {}
    for path, counts in lengths.items():
        two = modes(counts)
        if two is None or two.short_seconds < SHORTEST:  # at once or later is how any queue looks
            continue
        if two.long_seconds < max(3 * two.short_seconds, usual[path] or 0.0):
            continue
        wanted_path = {"source": path[0], "target": path[1], "split": two.split_seconds}
        if explained_by(rows(connection, "gap_hours", wanted_path)) < 0.3:
            found[path] = two
    return found


def _modes_finding(connection: duckdb.DuckDBPyConnection, gap: _Gap, two: Modes, usual: float) -> HiddenFinding:
    return _finding(
        connection, gap,
        f"`{gap.source}` is followed by `{gap.target}` either soon or much later, with little in between.",
        "The long gaps may hold a step that only some cases need and that is not in the log. The hour at which the gap "
        "begins does not explain them, so they are not nights or weekends.",
        confidence(gap.cases, 1 - two.valley, 1 - max(two.short_seconds, usual) / two.long_seconds),
        (
            FindingFigure("typical short gap", two.short_seconds, "seconds"),
            FindingFigure("typical long gap", two.long_seconds, "seconds"),
            FindingFigure("share of long gaps", two.long_share, "share"),
            FindingFigure("Ashman's D", two.separation, "ratio"),
            FindingFigure("usual around it, median", usual, "seconds"),
        ),
        at_least=two.split_seconds,
    )  # fmt: skip


def _one_hour(connection: duckdb.DuckDBPyConnection, gap: _Gap, usual_share: float) -> HiddenFinding | None:
    if gap.hour_share < _ONE_HOUR or usual_share > _RARE_HOUR or gap.waited[2] < max(SHORTEST, 3600.0):
        return None
    return _finding(
        connection, gap, f"Work waits after `{gap.source}` until `{gap.target}` comes between {gap.hour}:00 and "
        f"{gap.hour + 1}:00.",
        "A list, a batch or a scheduled job that is not in the log may collect the cases.",
        confidence(gap.cases, gap.hour_share, 1 - usual_share / gap.hour_share),
        (
            FindingFigure("gaps that end in this hour", gap.hour_share, "share"),
            FindingFigure("activity instances of the log in this hour", usual_share, "share"),
            FindingFigure("median", gap.waited[2], "seconds"),
        ),
        at_least=0.0,
    )  # fmt: skip


def _finding(
    connection: duckdb.DuckDBPyConnection, gap: _Gap, claim: str, meaning: str, sure: Confidence,
    evidence: tuple[FindingFigure, ...], *, at_least: float,
) -> HiddenFinding:  # fmt: skip
    wanted = {"source": gap.source, "target": gap.target, "least": at_least, "most": MOST_EXAMPLES}
    examples = tuple(row[0] for row in rows(connection, "gap_examples", wanted))
    return HiddenFinding(
        HiddenKind.GAP, claim, meaning, gap.count, gap.cases, sure, evidence, examples,
        activities=(gap.source, gap.target),
    )  # fmt: skip
