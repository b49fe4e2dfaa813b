"""From hand-overs and workloads to what is drawn: pure functions over values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.components.process_map import END, START, MapNode, MapPath, ProcessMap
from app.theme import Palette, charts, count, duration, plural, share
from mining.organisation import Handover, Handovers, HandoverUnit, Load, Return, Transfer

MATRIX = 40  # performers; more cells cannot be told apart
GRAPH_UNITS = 12
GRAPH_PATHS = 24
LABELLED = 16
BARS = 15
WORDS = {"human": "person", "agent": "agent", "system": "system", "unknown": "not known"}
_SIGNS = {"human": "●", "agent": "●", "system": "●", "unknown": "▨"}


@dataclass(frozen=True)
class MatrixPart:
    """The part of a hand-over matrix that is drawn, and what is left out."""

    units: tuple[HandoverUnit, ...]
    handovers: tuple[Handover, ...]
    units_left: int
    share: float  # of all hand-overs


def part(found: Handovers, most: int) -> MatrixPart:
    """The `most` units with most hand-overs, and what passes between them."""
    units = found.units[:most]
    names = {u.name for u in units}
    cells = tuple(h for h in found.handovers if h.source in names and h.target in names)
    return MatrixPart(units, cells, len(found.units) - len(units), sum(h.count for h in cells) / (found.count or 1))


def colour_of(kind: str, palette: Palette) -> str:
    """The colour of a performer kind."""
    return {"human": palette.human, "agent": palette.agent, "system": palette.system}.get(kind, palette.hatch)


def matrix(found: Handovers, palette: Palette, *, height: int, measure: str = "count") -> Any:
    """A heat map: rows give, columns take; shades by count or by waiting time, as the square root."""
    import plotly.graph_objects as go

    shown = part(found, MATRIX)
    names = [u.name for u in shown.units]
    place = {name: n for n, name in enumerate(names)}
    values: list[list[float | None]] = [[None] * len(names) for _ in names]
    texts = [[""] * len(names) for _ in names]
    for h in shown.handovers:
        value = h.count if measure == "count" else h.total_seconds
        values[place[h.source]][place[h.target]] = value**0.5
        texts[place[h.source]][place[h.target]] = handover_title(h)
    chart = charts.figure(palette, title(found), height=height, x=f"takes over ({unit_word(found.by)})", y="hands over")
    chart.add_trace(
        go.Heatmap(
            z=values, x=list(range(len(names))), y=list(range(len(names))), text=texts, hoverongaps=False,
            colorscale=_bands(palette.heat), showscale=False, xgap=1, ygap=1,
            zmin=0, zmax=max(max(v or 0 for v in line) for line in values) or 1, hovertemplate="%{text}<extra></extra>",
        )
    )  # fmt: skip
    if len(names) <= 12:
        _write_cells(chart, shown, place, palette, measure)
    ticks = {
        "tickmode": "array", "tickvals": list(range(len(names))), "showgrid": False,
        "ticktext": [_tick(u, palette) for u in shown.units], "tickfont": {"size": 12 if len(names) <= 20 else 10},
    }  # fmt: skip
    chart.update_xaxes(**ticks, tickangle=-45 if len(names) > 5 else 0)
    chart.update_yaxes(**ticks, autorange="reversed", rangemode="normal", title_standoff=14)
    return chart


def _bands(colours: Sequence[str]) -> list[list[Any]]:
    """A colour scale of steps, so that the ink on each is the one that was chosen for it."""
    width = 1 / len(colours)
    return [[edge * width, colour] for n, colour in enumerate(colours) for edge in (n, n + 1)]


def _write_cells(chart: Any, shown: MatrixPart, place: Mapping[str, int], palette: Palette, measure: str) -> None:
    values = {(h.source, h.target): h.count if measure == "count" else h.total_seconds for h in shown.handovers}
    most = max(values.values(), default=1) or 1
    for (source, target), value in values.items():
        step = min(4, int(5 * ((value / most) ** 0.5)))
        said = count(int(value)) if measure == "count" else duration(value)
        chart.add_annotation(
            x=place[target], y=place[source], text=said, showarrow=False,
            font={"size": 12, "color": palette.on_heat[step]},
        )  # fmt: skip


def _tick(unit: HandoverUnit, palette: Palette) -> str:
    name = unit.name if len(unit.name) <= 22 else unit.name[:21] + "…"
    sign = f'<span style="color:{colour_of(unit.kind, palette)}">{_SIGNS.get(unit.kind, "▨")}</span>'
    return f"{charts.literal(name)} {sign}"


def title(found: Handovers) -> str:
    """The finding of a hand-over matrix."""
    if not found.handovers:
        return "Nothing is handed over"
    top = found.handovers[0]
    if top.count == 1:
        return f"{plural(found.count, 'hand-over')}, none of them between the same two twice"
    return charts.literal(
        f"{_short(top.source)} to {_short(top.target)} is the most frequent hand-over: {plural(top.count, 'time')}, "
        f"{share(top.count / found.count)} of all"
    )


def unit_word(by: str) -> str:
    """What a row of the matrix is, in words."""
    return {"performer": "performer", "kind": "performer kind", "system": "system"}.get(by, by.removeprefix("@"))


def handover_title(h: Handover) -> str:
    """A hand-over in one sentence."""
    source, target = charts.literal(h.source), charts.literal(h.target)
    return (
        f"{source} to {target}: {plural(h.count, 'time')} in {plural(h.cases, 'case')};<br>"
        f"waiting time {duration(h.median_seconds)} median, {duration(h.total_seconds)} in total"
    )


def graph(found: Handovers, *, key: str) -> ProcessMap:
    """The most frequent hand-overs as a map: who starts cases, who ends them, and what passes between."""
    shown = part(found, GRAPH_UNITS)
    starts, ends = dict(found.starts), dict(found.ends)
    ordered = _ordered(shown, starts, ends)
    paths = [h for h in shown.handovers if h.source != h.target][:GRAPH_PATHS]
    most = max((h.count for h in paths), default=1)
    names = {u.name for u in shown.units}
    edges = [
        MapPath(
            h.source, h.target, h.count / most, handover_title(h).replace("<br>", " "),
            count(h.count) if rank < LABELLED else "",
        )
        for rank, h in enumerate(paths)
    ]  # fmt: skip
    edges += [MapPath(START, n, c / (found.all_cases or 1), f"{plural(c, 'case')} start with {n}")
              for n, c in found.starts if n in names and c >= 0.1 * found.all_cases]  # fmt: skip
    edges += [MapPath(n, END, c / (found.all_cases or 1), f"{plural(c, 'case')} end with {n}")
              for n, c in found.ends if n in names and c >= 0.1 * found.all_cases]  # fmt: skip
    nodes = tuple(
        MapNode(
            u.name, f"gives {count(u.given)}, takes {count(u.taken)}",
            f"{u.name}, {WORDS.get(u.kind, u.kind)}: hands over {plural(u.given, 'time')}, takes over "
            f"{plural(u.taken, 'time')}",
            {u.kind: 1.0},
        )
        for u in ordered
    )  # fmt: skip
    name = f"Hand-overs between {len(nodes)} of {len(found.units)}; arrow keys move along them, Enter chooses."
    return ProcessMap(key, name, nodes, tuple(edges))


def _ordered(shown: MatrixPart, starts: Mapping[str, int], ends: Mapping[str, int]) -> list[HandoverUnit]:
    """Those that give to more than they take from stand first; who starts cases before who ends them."""
    flow = {(h.source, h.target): h.count for h in shown.handovers}
    score: Counter[str] = Counter()
    for (source, target), n in flow.items():
        if n > flow.get((target, source), 0):
            score[source] += 1
            score[target] -= 1
    return sorted(
        shown.units,
        key=lambda u: (-score[u.name] - (starts.get(u.name, 0) > ends.get(u.name, 0)), u.taken - u.given, u.name),
    )


def workload(loads: Sequence[Load], palette: Palette, *, height: int) -> Any:
    """Bars of the busiest performers by activity instances, in the colour of their kind; unknown ones are hatched."""
    total = sum(w.instances for w in loads)
    shown = loads[:BARS]
    top = sum(w.instances for w in shown)
    what = f"The {len(shown)} busiest of {count(len(loads))} performers do {share(top / total)} of the work"
    if len(loads) <= BARS:
        what = f"{loads[0].name} does {share(loads[0].instances / total)} of the work"
    chart = charts.figure(palette, charts.literal(what), height=height, x="activity instances")
    bars = [
        (
            w.name, w.instances, w.kind,
            f"{plural(w.instances, 'instance')} in {plural(w.cases, 'case')}, {plural(w.days, 'day')} with work",
        )
        for w in shown
    ]  # fmt: skip
    _bars(chart, bars, palette)
    return chart


def returns(found: Sequence[Return], palette: Palette, *, height: int) -> Any:
    """Bars of the returns that took most time."""
    shown = sorted(found, key=lambda r: -r.total_seconds)[:BARS]
    unit, scale = _time_unit(max((r.total_seconds for r in shown), default=0.0))
    top = shown[0]
    what = f"{_short(top.one)} → {_short(top.other)} → back adds most time: {duration(top.total_seconds)}"
    chart = charts.figure(palette, charts.literal(what), height=height, x=f"added time, {unit}")
    bars = [
        (
            f"{_short(r.one)} → {_short(r.other)}", r.total_seconds / scale, "",
            f"{plural(r.count, 'return')} in {plural(r.cases, 'case')}, {duration(r.total_seconds)} in total",
        )
        for r in shown
    ]  # fmt: skip
    _bars(chart, bars, palette)
    return chart


def transfers(found: Sequence[Transfer], palette: Palette, *, height: int) -> Any:
    """Stacked bars of work between systems: who carried it."""
    import plotly.graph_objects as go

    shown = list(found[:BARS])[::-1]
    manual, total = sum(t.manual for t in found), sum(t.count for t in found)
    what = f"People carry {share(manual / total)} of the {count(total)} moves between systems"
    chart = charts.figure(palette, what, height=height, x="moves")
    labels = [f"{_short(t.source)} → {_short(t.target)}" for t in shown]
    stack = (
        ("people", [t.manual for t in shown], palette.human, ""),
        ("agents and systems", [t.automatic for t in shown], palette.system, ""),
        ("not known", [t.unknown for t in shown], palette.hatch, "/"),
    )
    for name, values, colour, pattern in stack:
        chart.add_trace(
            go.Bar(
                y=labels, x=values, name=name, orientation="h",
                hovertemplate=f"%{{y}}<br>{name}: %{{x:,}}<extra></extra>",
                marker={"color": colour, "pattern": {"shape": pattern, "fgcolor": colour, "fillmode": "replace"}},
            )
        )  # fmt: skip
    chart.update_layout(barmode="stack", bargap=0.35)
    return chart


def _bars(chart: Any, bars: Sequence[tuple[str, float, str, str]], palette: Palette) -> None:
    """Horizontal bars, the first at the top: (label, value, performer kind or nothing, hover)."""
    import plotly.graph_objects as go

    turned = list(bars)[::-1]
    colours = [colour_of(kind, palette) if kind else palette.muted for _, _, kind, _ in turned]
    chart.add_trace(
        go.Bar(
            y=list(range(len(turned))), x=[b[1] for b in turned], orientation="h", customdata=[b[3] for b in turned],
            marker={"color": colours, "pattern": {"shape": ["/" if b[2] == "unknown" else "" for b in turned],
                                                  "fgcolor": colours, "fillmode": "replace"}},
            hovertemplate="%{customdata}<extra></extra>",
        )
    )  # fmt: skip
    chart.update_yaxes(
        tickmode="array", tickvals=list(range(len(turned))), ticktext=[charts.literal(_short(b[0], 44)) for b in turned]
    )
    chart.update_layout(bargap=0.3)


def _time_unit(seconds: float) -> tuple[str, float]:
    for unit, size in (("days", 86_400.0), ("hours", 3_600.0), ("minutes", 60.0)):
        if seconds >= 2 * size:
            return unit, size
    return "seconds", 1.0


def _short(name: str, most: int = 28) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"
