"""Several KPIs judged together: p values corrected so that any false verdict among them stays at 5 %."""

from __future__ import annotations

from collections.abc import Mapping


def holm(values: Mapping[str, float]) -> dict[str, float]:
    """The adjusted p value of each. Holm, A simple sequentially rejective multiple test procedure, 1979."""
    adjusted: dict[str, float] = {}
    largest = 0.0
    for rank, key in enumerate(sorted(values, key=values.__getitem__)):
        largest = max(largest, min(1.0, (len(values) - rank) * values[key]))
        adjusted[key] = largest
    return adjusted


def gatekept(values: Mapping[str, float], primary: str | None) -> dict[str, float]:
    """The adjusted p values where `primary`, named beforehand, is tested alone and the others only after it.

    Without one, Holm over all. Dmitrienko and Tamhane, Gatekeeping procedures with clinical trial applications, 2007.
    """
    if primary is None or primary not in values:
        return holm(values)
    others = holm({key: p for key, p in values.items() if key != primary})
    return {primary: values[primary], **{key: max(p, values[primary]) for key, p in others.items()}}
