"""A baseline against now: difference, relative change, better or worse, and whether it stands out of the noise."""

from __future__ import annotations

from datetime import datetime

from core import View, Workspace
from kpi.freeze import get_baseline
from kpi.measure import measure
from kpi.values import Comparison, Direction, Measurement


def compare(
    ws: Workspace, baseline_id: int, log: str, version: int | None = None, *, as_of: datetime | None = None
) -> tuple[Comparison, ...]:
    """Each KPI of a baseline against version `version` of `log` (default: the newest), under the baseline's SLA.

    Raises NotFound.
    """
    baseline = get_baseline(ws, baseline_id)
    now = {m.key: m for m in measure(ws, View(log, version), sla_seconds=baseline.sla_seconds, as_of=as_of)}
    return tuple(contrast(before, now[before.key]) for before in baseline.measurements)


def contrast(baseline: Measurement, now: Measurement) -> Comparison:
    """One KPI's two measurements compared; withheld where either is, or where they do not measure the same thing.

    Two 95 % intervals that overlap are called within noise: a cautious reading, since a difference can be beyond
    chance while the intervals still touch.
    """
    reason = _incomparable(baseline, now)
    simulated = baseline.simulated or now.simulated
    if reason is not None or baseline.value is None or now.value is None:
        return Comparison(now.key, now.definition, baseline, now, None, None, None, None, "withheld", reason, simulated)
    difference = now.value - baseline.value
    better = _better(now.definition.direction, difference)
    noise = _overlap(baseline, now)
    return Comparison(
        key=now.key,
        definition=now.definition,
        baseline=baseline,
        now=now,
        difference=difference,
        change=difference / baseline.value if baseline.value else None,
        better=better,
        within_noise=noise,
        verdict=_verdict(better, noise),
        withheld=None,
        simulated=simulated,
    )


def _incomparable(baseline: Measurement, now: Measurement) -> str | None:
    if baseline.withheld is not None:
        return f"The baseline is withheld: {baseline.withheld}"
    if now.withheld is not None:
        return f"The present value is withheld: {now.withheld}"
    if baseline.definition.version != now.definition.version:
        return "The KPI's definition has changed since the baseline was frozen. Freeze a new baseline."
    if baseline.unit != now.unit:
        return f"The units differ: `{baseline.unit}` in the baseline, `{now.unit}` now."
    return None


def _better(direction: Direction, difference: float) -> bool | None:
    if difference == 0:
        return None
    return (difference > 0) == (direction is Direction.HIGHER)


def _overlap(baseline: Measurement, now: Measurement) -> bool | None:
    if baseline.low is None or baseline.high is None or now.low is None or now.high is None:
        return None
    return baseline.low <= now.high and now.low <= baseline.high


def _verdict(better: bool | None, noise: bool | None) -> str:
    if better is None:
        return "unchanged"
    how = {True: "within noise", False: "beyond noise", None: "too few cases to tell from noise"}[noise]
    return f"{'better' if better else 'worse'}, {how}"
