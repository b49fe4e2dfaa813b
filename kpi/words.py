"""Values as people read them, with unit and sensible precision."""

from __future__ import annotations

from core import duration
from kpi.values import Measurement


def in_words(value: float | None, unit: str) -> str:
    """`value` with its unit, such as `3 d 4 h`, `12.5 %`, `4.20 EUR a task`; a dash for None."""
    if value is None:
        return "–"
    if unit == "seconds":
        return duration(value)
    if unit == "share":
        return f"{value * 100:.1f} %"
    return f"{_precise(value)} {_said(unit)}"


def interval_in_words(measurement: Measurement) -> str:
    """The 95 % interval, such as `3 d 1 h to 3 d 6 h` or `4.10 to 4.30`; a dash where there is none."""
    if measurement.low is None or measurement.high is None:
        return "–"
    unit = measurement.unit
    low, high = (in_words(limit, unit).removesuffix(f" {_said(unit)}") for limit in (measurement.low, measurement.high))
    return f"{low} to {high}"


def evidence_in_words(measurement: Measurement) -> str:
    """The evidence class, and how much of it is simulated; a dash where the value is withheld."""
    if measurement.value is None:
        return "–"
    if not measurement.simulated:
        return measurement.evidence.value
    share = f"{measurement.simulated_share:.0%}" if measurement.simulated_share >= 0.01 else "under 1%"
    return f"{measurement.evidence.value}, {share} simulated"


def _said(unit: str) -> str:
    """`unit` as it is said: a log that names no currency leaves the word out."""
    return unit.removeprefix("currency ")


def _precise(value: float) -> str:
    return f"{value:,.2f}" if abs(value) >= 0.1 or value == 0 else f"{value:.3g}"
