"""Values as people read them, with unit and sensible precision."""

from __future__ import annotations

from collections.abc import Iterable

from core.durations import duration
from core.figures import per_cent
from kpi.values import Beside, Measurement


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
    share = per_cent(measurement.simulated_share) if measurement.simulated_share >= 0.01 else "under 1%"
    return f"{measurement.evidence.value}, {share} simulated"


def beside_in_words(measurement: Measurement) -> str:
    """What stands beside the value, such as `31.20 EUR a case, 1.04 attempts a task`; a cost always with its currency.

    Empty where nothing does.
    """
    parts = [f"{_figure(b, _currency(measurement.unit))} {b.title}" for b in measurement.beside]
    unnamed = measurement.value is not None and measurement.unit.startswith("currency")
    return ", ".join([*parts, *(["no currency named"] if unnamed else [])])


def doubts_in_words(measurements: Iterable[Measurement]) -> tuple[str, ...]:
    """What a reader must know of any of these values: each sentence once.

    Cases that are left out stand first: of the values that are shown, with their titles where those leave out others.
    """
    known = tuple(measurements)
    shown = [m for m in known if m.withheld is None] or list(known)
    titles: dict[str, dict[str, None]] = {}
    for m in shown:
        titles.setdefault(_left_out(m), {})[m.definition.title] = None
    alike = len(titles) == 1
    left_out = [words if alike else f"{', '.join(of)}: {words}" for words, of in titles.items() if words]
    rest = dict.fromkeys(doubt for m in known for doubt in m.doubts if doubt != _left_out(m))
    return (*left_out, *rest)


def _left_out(measurement: Measurement) -> str:
    words = measurement.left_out.words
    return f"{words}." if words else ""


def _figure(found: Beside, currency: str) -> str:
    if found.unit == "currency":
        return f"{_precise(found.value)} {currency}".strip()
    return in_words(found.value, found.unit).strip()


def _currency(unit: str) -> str:
    """The currency that a cost's unit names; empty where its log names none."""
    return unit.partition(" ")[0].removeprefix("currency")


def _said(unit: str) -> str:
    """`unit` as it is said: a log that names no currency leaves the word out."""
    return unit.removeprefix("currency ")


def _precise(value: float) -> str:
    return f"{value:,.2f}" if abs(value) >= 0.1 or value == 0 else f"{value:.3g}"
