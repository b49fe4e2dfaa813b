"""A baseline against now: what was measured on either side, and the verdict on whether it has changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from core.errors import IntegrityError, NotFound
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from kpi.definitions import definition
from kpi.freeze import get_baseline
from kpi.measure import measure
from kpi.values import Baseline, Comparison, Measurement
from kpi.verdict.values import Conclusion, Rules, Verdict

if TYPE_CHECKING:
    from kpi.verdict.reading import VerdictSide

_PERIOD = "timeframe"  # the kind of filter that says when: the later side has its own time


def compare(
    ws: Workspace,
    baseline_id: int,
    view: View,
    *,
    as_of: datetime | None = None,
    rules: Rules = Rules(),
) -> tuple[Comparison, ...]:
    """Each KPI of a baseline against what `view` shows.

    Where `view` has no selection of its own, both sides carry the baseline's (`selection_of`). The SLA is the
    baseline's. Raises NotFound, BadInput.
    """
    baseline = get_baseline(ws, baseline_id)
    chosen = like(baseline, view)
    now = measure(ws, chosen, sla_seconds=baseline.sla_seconds, as_of=as_of)
    judged = _judged(ws, baseline, chosen, as_of, rules)
    before = {m.key: m for m in _as_defined_now(ws, baseline)}
    return tuple(_comparison(before[m.key], m, judged[m.key]) for m in now if m.key in before)


def like(baseline: Baseline, view: View) -> View:
    """`view`, under the baseline's own filters where it has none: both sides of a comparison carry them."""
    return view.of(selection_of(baseline, view.log)) if view.selection.is_whole else view


def _as_defined_now(ws: Workspace, baseline: Baseline) -> tuple[Measurement, ...]:
    """The baseline's values; measured anew where a KPI's definition has changed since and its log is still there."""
    if all(m.definition.version == definition(m.key).version for m in baseline.measurements):
        return baseline.measurements
    try:
        return measure(ws, _frozen(baseline), sla_seconds=baseline.sla_seconds, as_of=baseline.as_of)
    except (NotFound, IntegrityError):
        return baseline.measurements


def selection_of(baseline: Baseline, log: str) -> Selection:
    """The selection that makes `log` like the baseline: its filters without those of time; another log has none.

    The period is left out, since what came later is compared and not the same cases again.
    """
    own = _own_selection(baseline)
    if log != baseline.log:
        return Selection()
    return replace(own, filters=tuple(f for f in own.filters if f.kind != _PERIOD))


def _own_selection(baseline: Baseline) -> Selection:
    return Selection() if baseline.filter is None else Selection.parse(json.dumps(baseline.filter))


def _frozen(baseline: Baseline) -> View:
    return View(baseline.log, baseline.version, _own_selection(baseline))


def _judged(ws: Workspace, baseline: Baseline, view: View, as_of: datetime | None, rules: Rules) -> dict[str, Verdict]:
    """The verdict on each KPI; where the baseline's log cannot be read any more, that nothing can be compared."""
    from kpi.verdict.judging import judge_change, refuse
    from kpi.verdict.likeness import gone_in_words, unlike
    from kpi.verdict.reading import check_segments, read_side

    sla = baseline.sla_seconds
    try:
        before = _before(ws, baseline)
    except (NotFound, IntegrityError) as error:
        return refuse(
            f"The cases of the baseline cannot be read from `{baseline.log}` version {baseline.version}: {error}"
        )
    now = read_side(ws, view, sla_seconds=sla, as_of=as_of)
    check_segments(rules.segments, before.population, now.population)
    forbidden = unlike(before.activities, now.activities)
    verdicts = judge_change(before.population, now.population, rules, forbidden=forbidden)
    gone = gone_in_words(before.activities, now.activities)
    if gone is None:
        return verdicts
    return {k: replace(v, reasons=(*v.reasons, gone)) if v.change is not None else v for k, v in verdicts.items()}


def _before(ws: Workspace, baseline: Baseline) -> VerdictSide:
    from kpi.verdict.reading import read_side

    return read_side(ws, _frozen(baseline), sla_seconds=baseline.sla_seconds, as_of=baseline.as_of)


def _comparison(baseline: Measurement, now: Measurement, verdict: Verdict) -> Comparison:
    """One KPI's two measurements with their verdict; withheld where they do not measure the same thing."""
    reason = incomparable(baseline, now)
    simulated = baseline.simulated or now.simulated
    if reason is not None or baseline.value is None or now.value is None:
        refused = replace(Verdict(now.key, Conclusion.INCOMPARABLE, (reason or "",)), of=verdict.of)
        return Comparison(
            now.key, now.definition, baseline, now, None, None, None, "withheld", reason, simulated, refused
        )
    difference = now.value - baseline.value
    return Comparison(
        key=now.key,
        definition=now.definition,
        baseline=baseline,
        now=now,
        difference=difference,
        change=difference / baseline.value if baseline.value else None,
        better={Conclusion.BETTER: True, Conclusion.WORSE: False}.get(verdict.outcome),
        verdict=verdict.outcome.value,
        withheld=None,
        simulated=simulated,
        judged=verdict,
    )


def incomparable(baseline: Measurement, now: Measurement) -> str | None:
    """Why two measurements do not measure the same thing, or one of them measures nothing; None where they do."""
    if baseline.withheld is not None:
        return f"The baseline is withheld: {baseline.withheld}"
    if now.withheld is not None:
        return f"The present value is withheld: {now.withheld}"
    if baseline.definition.version != now.definition.version:
        return "The KPI's definition has changed since the baseline was frozen. Freeze a new baseline."
    if baseline.unit != now.unit:
        return f"The units differ: `{baseline.unit}` in the baseline, `{now.unit}` now."
    return None
