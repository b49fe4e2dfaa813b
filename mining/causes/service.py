"""What sets the marked cases of an event log apart from the others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.errors import BadInput
from core.eventlog import LogVersion
from core.queries import load as load_query
from core.selection.selection import Selection
from core.trust import Result, Trust
from core.view import View
from core.workspace import Workspace
from mining.causes.aftermath import set_apart
from mining.causes.candidates import TRACE_KINDS, CountedFactor, Support, of_source, of_traces, tallies
from mining.causes.effects import effects
from mining.causes.leaks import Guard, decided_by_trace, guard_of, sieve
from mining.causes.marks import MarkWords, put_marks
from mining.causes.sources import sources
from mining.causes.values import Causes, Factor, FactorKind, Mark, Quick, UntestedFactors
from mining.causes.words import ASSOCIATION, sentence, those_that
from mining.estimates import false_discovery, odds

if TYPE_CHECKING:
    import duckdb

LEAST_MARKED = 10  # marked cases, and unmarked ones, below which nothing is tested
LEAST_SUPPORT = 10  # cases with a factor, whatever the size of the log
SUPPORT_SHARE = 0.005  # of all cases
MOST_FACTORS = 60  # that are handed back
_MARKED_BY = {
    Quick.SLOWEST: Result.CYCLE_TIME,
    Quick.SLOWER: Result.CYCLE_TIME,
    Quick.FAILED: Result.ERRORS,
    Quick.OVERDUE: Result.SLA,
    Quick.DEVIATING: Result.ORDER,
}


def find_causes(
    ws: Workspace,
    view: View,
    *,
    mark: Mark,
    alpha: float = 0.05,
    support: int | None = None,
) -> Causes:
    """What sets the cases that `mark` marks apart from the other cases that `view` shows.

    `alpha` is the false discovery rate (1 shows all that was tested), `support` how many cases must have a factor, and
    lack it; by default SUPPORT_SHARE of the cases, at least LEAST_SUPPORT. Raises NotFound and BadInput.
    """
    if not 0 < alpha <= 1:
        raise BadInput(f"The false discovery rate is `{alpha}`; it must lie between 0 and 1, such as 0.05.")
    if support is not None and support < 1:
        raise BadInput(f"The support is `{support}`; at least 1 case must have a factor.")
    with ws.logs.open(view) as opened:
        words = put_marks(opened.connection, mark, ws, opened.version, view.selection)
        if (why_not := _cannot_mark(mark, opened.trust)) is not None:
            raise BadInput(f"The log does not say which cases these are. {why_not} Choose another mark.")
        asked = Asked(mark, view.selection, words, alpha, support)
        return opened.told(_explained(opened.connection, opened.version, asked))


def _cannot_mark(mark: Mark, trust: Trust) -> str | None:
    """Why the log cannot say which cases `mark` means; None where it can."""
    why = trust.withheld.get(_MARKED_BY[mark.quick]) if mark.quick in _MARKED_BY else None
    if why is None or (why.below and not (mark.quick is Quick.SLOWER and (mark.seconds or 0) < why.below)):
        return None
    return why.reason


@dataclass(frozen=True)
class Asked:
    """What is to be explained."""

    mark: Mark
    base: Selection
    words: MarkWords
    alpha: float
    support: int | None


@dataclass(frozen=True)
class Gathered:
    """What is tested, and what is not, with the reasons."""

    kept: Sequence[CountedFactor]
    left_out: tuple[UntestedFactors, ...]
    follows: tuple[UntestedFactors, ...]


def _explained(connection: duckdb.DuckDBPyConnection, found: LogVersion, asked: Asked) -> Causes:
    words, alpha, support = asked.words, asked.alpha, asked.support
    cases, marked = connection.execute("SELECT count(*), count(*) FILTER (marked) FROM marked_case").fetchall()[0]
    least = support or max(LEAST_SUPPORT, math.ceil(SUPPORT_SHARE * cases))
    empty = Causes(
        found.log, found.version, words.marked, words.base, cases, marked, least, alpha, 0, 0, (), (), (ASSOCIATION,)
    )
    why_not = _withheld(cases, marked, words)
    if why_not:
        return replace(empty, withheld=why_not)
    gathered = _candidates(connection, asked, Support(least, cases - least), cases, marked)
    groups = _same_cases(gathered.kept)
    factors = _tested([group[0] for group in groups], cases, marked)
    told = [(f, g) for f, g in zip(factors, groups, strict=True) if f.q <= alpha]
    told.sort(key=lambda pair: (not pair[0].more, -pair[0].sure))
    shown = _shown([f for f, _ in told])
    chosen = [(f, g) for f, g in told if f in shown]
    measured = effects(connection, [g[0] for _, g in chosen])
    done = tuple(
        replace(f, effect=effect, sentence=sentence(f, words.marked), same_as=tuple(c.label.phrase for c in group[1:]))
        for (f, group), effect in zip(chosen, measured, strict=True)
    )
    return replace(
        empty, tested=len(groups), found=len(told), factors=done, left_out=gathered.left_out, follows=gathered.follows
    )


def _withheld(cases: int, marked: int, words: MarkWords) -> str | None:
    """Why nothing can be said, if so."""
    if not cases:
        return f"There is none of {words.base} in this selection."
    if min(marked, cases - marked) < LEAST_MARKED:
        return (
            f"{marked:,} of {cases:,} cases {those_that(words.marked)}. To compare, at least {LEAST_MARKED} cases "
            f"must be marked and {LEAST_MARKED} must not."
        )
    return None


def _candidates(
    connection: duckdb.DuckDBPyConnection, asked: Asked, support: Support, cases: int, marked: int
) -> Gathered:
    """The candidates that are tested, and those that are not."""
    guard = guard_of(asked.mark, asked.base)
    variants = tallies(connection)
    if decided_by_trace(variants):
        guard = guard.and_(Guard(((FactorKind.VARIANT, "the trace alone decides whether a case is marked"),)))
    gathered = sources(connection, timed=guard.timed)
    found = of_traces(variants, support)
    for source in gathered.found:
        if source.kind not in dict(guard.kinds) and source.name.split(":", 1)[-1] not in guard.attributes:
            found += of_source(connection, source, support)
    again: frozenset[tuple[str, str]] = frozenset()
    if guard.rework:
        again = frozenset(connection.execute(load_query("mining.causes.sql", "rework_paths").sql).fetchall())
    split = set_apart(connection, asked.mark, asked.base, found, variants)
    sieved = sieve(split.kept, guard, cases=cases, marked=marked, rework_paths=again)
    never = tuple(
        UntestedFactors(kind.value, why) for kind, why in dict(guard.kinds).items() if kind not in TRACE_KINDS
    )
    of_mark = tuple(UntestedFactors(name[1:], "the mark itself asks for it") for name in sorted(guard.attributes))
    return Gathered(sieved.kept, (*never, *of_mark, *sieved.left_out, *gathered.left_out), split.follows)


_PREFERRED = (
    FactorKind.CASE_ATTRIBUTE, FactorKind.EVENT_ATTRIBUTE, FactorKind.ACTIVITY, FactorKind.START, FactorKind.END,
    FactorKind.PATH, FactorKind.SYSTEM, FactorKind.PERFORMER, FactorKind.PERFORMER_KIND, FactorKind.VARIANT,
    FactorKind.LENGTH, FactorKind.STARTED,
)  # fmt: skip


def _same_cases(found: Sequence[CountedFactor]) -> list[list[CountedFactor]]:
    """`found` in groups that hold for the very same cases, the kind that explains best first: each is one test."""
    groups: dict[tuple[int, int, int], list[CountedFactor]] = {}
    for candidate in sorted(found, key=lambda c: _PREFERRED.index(c.kind)):
        groups.setdefault((candidate.cases, candidate.marked, candidate.signature), []).append(candidate)
    return list(groups.values())


def _tested(found: Sequence[CountedFactor], cases: int, marked: int) -> list[Factor]:
    """Every candidate with its odds ratio, p corrected for all of them."""
    if not found:
        return []
    a = [c.marked for c in found]
    b = [c.cases - c.marked for c in found]
    c = [marked - x for x in a]
    d = [cases - marked - x for x in b]
    ratios = odds(a, b, c, d)
    q = false_discovery(ratios.p)
    return [
        Factor(
            x.kind, x.name, x.label.value, x.label.phrase, x.cases, x.marked, cases - x.cases, marked - x.marked,
            float(ratios.ratio[i]), float(ratios.low[i]), float(ratios.high[i]), float(ratios.p[i]), float(q[i]),
            attributable=x.marked - x.cases * (marked - x.marked) / (cases - x.cases),
            stored=x.value, ends=x.path, low_bound=x.label.low, high_bound=x.label.high,
        )
        for i, x in enumerate(found)
    ]  # fmt: skip


def _shown(found: Sequence[Factor]) -> list[Factor]:
    """The surest of each side, at most MOST_FACTORS in all; either side leaves its room to the other."""
    more, less = [f for f in found if f.more], [f for f in found if not f.more]
    of_more = max(MOST_FACTORS // 2, MOST_FACTORS - len(less))
    kept = more[:of_more]
    return kept + less[: MOST_FACTORS - len(kept)]
