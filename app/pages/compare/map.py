"""The map of differences: the union of two maps, coloured from much more in A to much more in B, and said in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app.components.process_map import END, START, MapNode, MapPath, ProcessMap
from app.pages.parts import palette
from app.theme import duration, plural, share
from mining.compare.values import MapDifference, SideBySide, Thing

_LABELLED = 25
_EVEN = 2  # the step of what does not differ
_LEAST = 0.02  # of a share: what differs less is not coloured, however sure it is
_FAR = 1 / 3  # of the largest difference: what differs so much has the strongest colour


def draw(found: SideBySide, *, by_waiting: bool, most: int, key: str) -> ProcessMap:
    """The map of `found` with its `most` paths that most cases of either side take, and what they touch."""
    paths = sorted(_of(found, Thing.PATH), key=lambda d: -_most(d))[:most]
    activities = {d.source: d for d in _of(found, Thing.ACTIVITY)}
    starts, ends = _of(found, Thing.START), _of(found, Thing.END)
    names = {name for d in paths for name in (d.source, d.target)}
    names |= {d.source for d in (*starts, *ends) if _most(d) >= 0.01}
    shown = [*paths, *activities.values(), *starts, *ends]
    largest = max((abs(_value(d, by_waiting) or 0) for d in shown), default=0.0)
    order = _order(paths, starts, names)
    nodes = tuple(
        MapNode(
            name=name, note=_note(activities[name], by_waiting), title=sentence(activities[name]), mix={},
            heat=_step(activities[name], found.alpha, largest, by_waiting),
        )
        for name in sorted(names, key=lambda n: (order.get(n, 1.0), n))
        if name in activities
    )  # fmt: skip
    drawn = tuple(
        MapPath(
            d.source, d.target, _most(d), sentence(d), _note(d, by_waiting) if rank < _LABELLED else "",
            _step(d, found.alpha, largest, by_waiting),
        )
        for rank, d in enumerate(paths)
    )  # fmt: skip
    edges = tuple(
        MapPath(*((START, d.source) if d.thing is Thing.START else (d.source, END)), _most(d), sentence(d),
                heat=_step(d, found.alpha, largest, by_waiting=False))
        for d in (*starts, *ends)
        if d.source in names and _most(d) >= 0.01
    )  # fmt: skip
    name = f"Map of differences with {plural(len(nodes), 'activity', 'activities')} and {plural(len(drawn), 'path')}."
    return ProcessMap(key, name, nodes, (*drawn, *edges), caption=name, file="differences")


def sentence(d: MapDifference) -> str:
    """A difference in one sentence."""
    what = {
        Thing.ACTIVITY: f"`{d.source}`",
        Thing.PATH: f"`{d.source}` to `{d.target}`",
        Thing.START: f"start with `{d.source}`",
        Thing.END: f"end with `{d.source}`",
    }[d.thing]
    a, b = share(d.a.share if d.a else 0.0), share(d.b.share if d.b else 0.0)
    points = f"{d.share.value * 100:+.1f}".replace("-", "−")
    return f"{what}: {a} of A's cases, {b} of B's ({points} points)"


def legend(*, waiting: bool) -> None:
    """The colours of the map with their words."""
    colours = palette().apart
    what = "waits longer" if waiting else "more cases"
    words = (f"▼ {what} in A", "", "about the same", "", f"▲ {what} in B")
    items = "".join(
        f'<li><span style="background:{colour}"></span>{word}</li>' for word, colour in zip(words, colours, strict=True)
    )
    st.html(f'<ul class="legend">{items}</ul>', width="content")


def _of(found: SideBySide, thing: Thing) -> list[MapDifference]:
    return [d for d in found.differences if d.thing is thing]


def _most(d: MapDifference) -> float:
    """The larger share of cases of both sides."""
    return max(d.a.share if d.a else 0.0, d.b.share if d.b else 0.0)


def _value(d: MapDifference, by_waiting: bool) -> float | None:
    return d.waiting if by_waiting else d.share.value


def _step(d: MapDifference, alpha: float, largest: float, by_waiting: bool) -> int:
    """The colour step, 0 to 4: 2 is about the same, the ends are far apart."""
    value = _value(d, by_waiting)
    if not value or not largest or (not by_waiting and (d.q > alpha or abs(value) < _LEAST)):
        return _EVEN
    strength = abs(value) / largest
    if by_waiting and strength < _LEAST:
        return _EVEN
    away = 2 if strength >= _FAR else 1
    return _EVEN + away if value > 0 else _EVEN - away


def _note(d: MapDifference, by_waiting: bool) -> str:
    """The short line: both values with a sign of the direction, so that the colour is never alone."""
    if d.only_in:
        return f"only in {d.only_in}: {share(_most(d))}"
    if by_waiting:
        if d.waiting is None or d.a is None or d.b is None:
            return "–"
        return f"{duration(d.a.waiting)} {_sign(d.waiting)} {duration(d.b.waiting)}"
    assert d.a is not None
    assert d.b is not None
    return f"{share(d.a.share)} {_sign(d.share.value)} {share(d.b.share)}"


def _sign(value: float) -> str:
    return "▲" if value > 0 else "▼" if value < 0 else "="


def _order(paths: Sequence[MapDifference], starts: Sequence[MapDifference], names: set[str]) -> Mapping[str, float]:
    """The place of each activity in the flow: how far it lies from the starts along the most taken paths."""
    place = {d.source: float(n) / 1000 for n, d in enumerate(sorted(starts, key=lambda d: -_most(d)))}
    for _ in names:
        for d in paths:
            if d.source in place and d.target not in place:
                place[d.target] = place[d.source] + 1
    return place
