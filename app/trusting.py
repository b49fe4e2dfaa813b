"""What a log cannot carry: told before the results, and kept out of them, on pages and in commands alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rich.console import Console

from app.theme.formats import duration, tell_from
from core import LogVersion, Workspace
from ingest import Result, Withheld, trust
from mining import Finding, Hidden, HiddenKind, Mark, NotJudged, Quick, SideBySide, SideMetric

Held = Mapping[Result, Withheld]

_COMPARED = {
    "cycle_time": Result.CYCLE_TIME,
    "cycle_time_p95": Result.CYCLE_TIME,
    "waiting": Result.WAITING_TIME,
    "service": Result.SERVICE_TIME,
    "throughput": Result.THROUGHPUT,
    "variants": Result.VARIANTS,
}
_MARKED_BY = {
    Quick.SLOWEST: Result.CYCLE_TIME,
    Quick.SLOWER: Result.CYCLE_TIME,
    Quick.FAILED: Result.ERRORS,
    Quick.OVERDUE: Result.SLA,
    Quick.DEVIATING: Result.ORDER,
}


def held(ws: Workspace, logs: Iterable[LogVersion], results: Sequence[Result]) -> dict[Result, Withheld]:
    """Of `results` those that one of `logs` cannot carry, each with the reason of the first that cannot."""
    found: dict[Result, Withheld] = {}
    for log in logs:
        reasons = trust(ws, log.log, log.version)
        for result in results:
            if (why := reasons.get(result)) is not None:
                found.setdefault(result, why)
    return found


def tell_no_less(withheld: Held) -> None:
    """Durations are told in this run as coarsely as the log asks for."""
    limits = [why.below for why in withheld.values() if why.below]
    tell_from(max(limits, default=None))


def lines(withheld: Held) -> list[str]:
    """A line for each reason: what is withheld, below which length, and why."""
    by_reason: dict[Withheld, list[str]] = {}
    for result, why in withheld.items():
        by_reason.setdefault(why, []).append(result.value)
    return [
        f"{', '.join(results)}{f' below {duration(why.below)}' if why.below else ''}: {why.reason}"
        for why, results in by_reason.items()
    ]


def tell(
    ws: Workspace, logs: Iterable[LogVersion], results: Sequence[Result], *, apart: bool
) -> dict[Result, Withheld]:
    """Print what of `results` is withheld, `apart` on standard error; durations are told no finer from then on.

    Returns everything that is withheld.
    """
    every = held(ws, logs, tuple(Result))
    tell_no_less(every)
    out = Console(highlight=False, soft_wrap=True, stderr=apart)
    for line in lines({r: every[r] for r in results if r in every}):
        out.print(f"Withheld: {line}", markup=False)
    return every


def cannot_mark(mark: Mark, withheld: Held) -> str | None:
    """Why the log cannot say which cases `mark` means; None where it can."""
    why = withheld.get(_MARKED_BY[mark.quick]) if mark.quick in _MARKED_BY else None
    if why is None or (why.below and not (mark.quick is Quick.SLOWER and (mark.seconds or 0) < why.below)):
        return None
    return why.reason


def handovers_withheld(withheld: Held, by: str = "performer") -> str | None:
    """Why the log cannot carry hand-overs by performers or their kinds; None where it can, and for other units."""
    why = withheld.get(Result.HAND_OVERS)
    return why.reason if why is not None and by in ("performer", "kind") else None


def comparable(found: SideBySide, of_a: Held, of_b: Held) -> SideBySide:
    """`found` without the figures that the log of their side cannot carry."""
    return replace(found, metrics=tuple(_comparable(metric, of_a, of_b) for metric in found.metrics))


def _comparable(metric: SideMetric, of_a: Held, of_b: Held) -> SideMetric:
    result = _COMPARED.get(metric.key)
    a, b = (held.get(result) if result else None for held in (of_a, of_b))
    no_a, no_b = (why is not None and why.below is None for why in (a, b))
    if not no_a and not no_b:
        return metric
    why = a if no_a else b
    assert why is not None
    return replace(
        metric, a=None if no_a else metric.a, b=None if no_b else metric.b, difference=None, why_not=why.reason
    )


def carried(found: Hidden, withheld: Held) -> Hidden:
    """`found` without the gaps that the log's times cannot show, and with the reason."""
    why = withheld.get(Result.WAITING_TIME)
    if why is None:
        return found
    kept = tuple(f for f in found.findings if f.kind is not HiddenKind.GAP or _outlasts(f, why))
    dropped = len(found.findings) - len(kept)
    if not dropped:
        return found
    reason = f"{dropped} left out. {why.reason}"
    return replace(found, findings=kept, not_judged=(*found.not_judged, NotJudged(HiddenKind.GAP, reason)))


def _outlasts(gap: Finding, why: Withheld) -> bool:
    """Whether a time of `gap` is as long as the log can tell."""
    times = [float(e.value) for e in gap.evidence if e.unit == "seconds"]
    return why.below is not None and max(times, default=0.0) >= why.below
