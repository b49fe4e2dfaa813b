"""The charts of times: pure functions from values to figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.theme import Palette, charts, count, share
from mining.performance import Bottleneck, CaseFlow, GroupTimes, Queue, TimesBy, WeekOfWork

_LONGEST = 44  # signs of a name beside a bar
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_UNITS = (("days", 86_400.0), ("hours", 3_600.0), ("minutes", 60.0), ("seconds", 1.0))


def unit_for(most: float, *, working: bool) -> tuple[str, float]:
    """The unit in which times up to `most` seconds are drawn, and its seconds; working time is never in days."""
    units = _UNITS[1:] if working else _UNITS
    name, size = next(((name, size) for name, size in units if most >= 2 * size), _UNITS[-1])
    return (f"working {name}" if working else name), size


def short(name: str, most: int = _LONGEST) -> str:
    """A name that fits beside a bar, as charts take text."""
    return charts.literal(name if len(name) <= most else name[: most - 1] + "…")


def bottleneck_bars(rows: Sequence[Bottleneck], palette: Palette, *, working: bool, height: int, picked: int) -> Any:
    """Total delay as bars, the longest on top; the picked one stands out."""
    import plotly.graph_objects as go

    unit, size = unit_for(max((b.delay for b in rows), default=0), working=working)
    top = rows[0]
    title = f"{share(top.delay_share)} of all delay is on {short(top.name)}"
    chart = charts.figure(palette, title, height=height, x=f"Total delay, {unit}")
    chart.add_trace(
        go.Bar(
            x=[b.delay / size for b in rows],
            y=list(range(len(rows))),
            orientation="h",
            marker={"color": [palette.heat[4] if n == picked else palette.heat[2] for n in range(len(rows))]},
            text=[share(b.delay_share) for b in rows],
            textposition="outside",
            cliponaxis=False,
            customdata=[[charts.literal(b.name), count(b.count), count(b.cases)] for b in rows],
            hovertemplate="%{customdata[0]}<br>%{x:,.0f} "
            + unit
            + "<br>taken %{customdata[1]} times<br>%{customdata[2]} cases waited longer<extra></extra>",
        )
    )
    return _named_rows(chart, [short(b.name) for b in rows])


def times_bars(rows: Sequence[GroupTimes], by: TimesBy, palette: Palette, *, working: bool, height: int) -> Any:
    """Total waiting of each group, and its service beside it; performers in the colour of their kind."""
    import plotly.graph_objects as go

    totals = [[t.total if t else 0.0 for t in (row.waiting, row.service)] for row in rows]
    unit, size = unit_for(max((max(pair) for pair in totals), default=0), working=working)
    upright = by in (TimesBy.WEEKDAY, TimesBy.HOUR)
    top = max(rows, key=lambda row: row.waiting.total if row.waiting else 0)
    said = share(top.waiting.share) if top.waiting else share(0)
    chart = charts.figure(
        palette,
        f"{said} of all waiting ends {_where(by, top.name)}",
        height=height,
        x="" if upright else f"Total, {unit}",
        y=f"Total, {unit}" if upright else "",
    )
    places = [row.name for row in rows] if upright else list(range(len(rows)))
    for part, name in enumerate(("Waiting", "Service")):
        values = [pair[part] / size for pair in totals]
        if part and not any(values):
            continue
        chart.add_trace(
            go.Bar(
                x=places if upright else values,
                y=values if upright else places,
                name=name,
                orientation="v" if upright else "h",
                marker=_marker(rows, by, palette, service=bool(part)),
                customdata=[charts.literal(row.name) for row in rows],
                hovertemplate=f"%{{customdata}}<br>{name}: %{{{'y' if upright else 'x'}:,.1f}} {unit}<extra></extra>",
            )
        )
    chart.update_layout(barmode="stack", bargap=0.3)
    if upright:
        chart.update_xaxes(type="category")
    else:
        _named_rows(chart, [short(row.name) for row in rows])
    several = by is not TimesBy.PERFORMER and len(chart.data) > 1
    return charts.with_legend(chart) if several else chart


def _marker(rows: Sequence[GroupTimes], by: TimesBy, palette: Palette, *, service: bool) -> dict[str, Any]:
    if by is not TimesBy.PERFORMER:
        return {"color": palette.muted if service else palette.heat[3]}
    line = {"human": palette.human, "agent": palette.agent, "system": palette.system}
    fill = {"human": palette.human_fill, "agent": palette.agent_fill, "system": palette.system_fill}
    kinds = [row.kind or "unknown" for row in rows]
    return {
        "color": [(line if service else fill).get(kind, palette.ground) for kind in kinds],
        "line": {"color": [line.get(kind, palette.hatch) for kind in kinds], "width": 1.2},
        "pattern": {
            "shape": ["" if kind in line else "/" for kind in kinds],
            "fgcolor": palette.hatch,
            "size": 6,
            "fillmode": "overlay",
        },
    }


def _where(by: TimesBy, name: str) -> str:
    if by is TimesBy.PERFORMER:
        return f"with {short(name)}"
    if by is TimesBy.WEEKDAY:
        return f"on a {name}"
    if by is TimesBy.HOUR:
        return f"from {name}:00 to {name}:59"
    if by is TimesBy.SYSTEM:
        return f"in {short(name)}"
    return f"on {short(name)}" if by is TimesBy.PATH else f"before {short(name)}"


def _named_rows(chart: Any, names: Sequence[str]) -> Any:
    """Bars numbered from the top, with their names; two that are shortened alike stay two."""
    chart.update_yaxes(tickvals=list(range(len(names))), ticktext=list(names), autorange="reversed", rangemode="normal")
    chart.update_yaxes(showgrid=False)
    chart.update_xaxes(rangemode="tozero", showgrid=True)
    return chart.update_layout(bargap=0.3, margin={"l": 8, "r": 48, "t": 40, "b": 8})


def week_heat(week: WeekOfWork, palette: Palette, measure: str, *, working: bool, height: int) -> Any:
    """Hours of the week, shaded by how much is begun or how long it had waited."""
    import plotly.graph_objects as go

    values = {
        (c.weekday, c.hour): c.instances if measure == "work begun" else c.waiting_mean for c in week.cells
    }  # a mean is None where nothing that is begun then had waited
    unit, size = unit_for(max((v or 0 for v in values.values()), default=0), working=working)
    unit, size = ("activity instances", 1.0) if measure == "work begun" else (unit, size)
    rows = [[None if (v := values.get((day, hour))) is None else v / size for hour in range(24)] for day in range(7)]
    chart = charts.figure(
        palette, _week_title(week, measure), height=height, x=f"Hour of the day, {week.carries.clock}"
    )
    chart.add_trace(
        go.Heatmap(
            z=rows,
            x=[f"{hour:02}" for hour in range(24)],
            y=list(_DAYS),
            colorscale=[[n / 4, colour] for n, colour in enumerate(palette.heat)],
            zmin=0,
            xgap=2,
            ygap=2,
            colorbar={"title": {"text": unit, "side": "right"}, "thickness": 10, "outlinewidth": 0},
            hovertemplate="%{y} %{x}:00<br>%{z:,.1f} " + unit + "<extra></extra>",
            hoverongaps=False,
        )
    )
    chart.update_xaxes(type="category")
    return chart.update_yaxes(autorange="reversed", showgrid=False, rangemode="normal")


def _week_title(week: WeekOfWork, measure: str) -> str:
    if measure == "work begun":
        top = max(week.cells, key=lambda c: c.instances)
        whole = sum(c.instances for c in week.cells)
        return f"{share(top.instances / whole)} of all work is begun on {_DAYS[top.weekday]} at {top.hour:02}:00"
    waited = [c for c in week.cells if c.waiting_mean is not None]
    if not waited:
        return "Nothing had waited"
    top = max(waited, key=lambda c: c.waiting_mean or 0)
    return f"What is begun on {_DAYS[top.weekday]} at {top.hour:02}:00 had waited longest"


def queue_lines(found: Queue, palette: Palette, *, height: int) -> Any:
    """What waits (mean and peak of each step) and what is in progress, over time."""
    import plotly.graph_objects as go

    peak = max(found.points, key=lambda p: p.waiting_peak)
    when = "on" if found.step.value == "day" else f"in the {found.step.value} of"
    title = f"At most {count(peak.waiting_peak)} waited at once, {when} {peak.start:%Y-%m-%d}"
    chart = charts.figure(
        palette, title, height=height, x=f"{found.step.value.capitalize()} (UTC)", y="Activity instances"
    )
    moments = [p.start for p in found.points]
    lines: list[tuple[str, list[float | None], str, str]] = [
        ("waiting, peak", [p.waiting_peak for p in found.points], palette.heat[2], "dot"),
        ("waiting, mean", [p.waiting_mean for p in found.points], palette.heat_line[4], "solid"),
        ("in progress, mean", [p.progress_mean for p in found.points], palette.muted, "solid"),
    ]
    for name, values, colour, dash in lines:
        if any(v is not None for v in values):
            chart.add_trace(_line(go, name, moments, values, colour, dash))
    return charts.with_legend(chart)


def flow_lines(found: CaseFlow, palette: Palette, *, height: int) -> Any:
    """Cases started and completed in each step."""
    import plotly.graph_objects as go

    started, completed = (sum(getattr(p, name) for p in found.points) for name in ("started", "completed"))
    each = len(found.points)
    title = f"{started / each:,.1f} cases start and {completed / each:,.1f} are completed a {found.step.value}"
    chart = charts.figure(palette, title, height=height, x=found.step.value.capitalize(), y="Cases")
    moments = [p.start for p in found.points]
    chart.add_trace(_line(go, "started", moments, [p.started for p in found.points], palette.muted, "dot"))
    chart.add_trace(_line(go, "completed", moments, [p.completed for p in found.points], palette.ink, "solid"))
    return charts.with_legend(chart)


def open_line(found: CaseFlow, palette: Palette, *, height: int) -> Any:
    """Open cases at the end of each step."""
    import plotly.graph_objects as go

    peak = max(found.points, key=lambda p: p.open)
    title = f"{count(peak.open)} cases were open at the most, at the end of {peak.start:%Y-%m-%d}"
    title = title if found.step.value == "day" else title.replace("the end of", f"the end of the {found.step.value} of")
    chart = charts.figure(palette, title, height=height, x=found.step.value.capitalize(), y="Open cases")
    line = _line(go, "open", [p.start for p in found.points], [p.open for p in found.points], palette.ink, "solid")
    chart.add_trace(line)
    return chart


def size_bars(sizes: Sequence[tuple[int, int]], palette: Palette, title: str, *, height: int) -> Any:
    """How many batches have how many cases."""
    import plotly.graph_objects as go

    chart = charts.figure(palette, title, height=height, x="Cases in a batch", y="Batches")
    chart.add_trace(
        go.Bar(
            x=[size for size, _ in sizes], y=[number for _, number in sizes], marker={"color": palette.heat[3]},
            hovertemplate="%{x} cases: %{y:,} batches<extra></extra>",
        )
    )  # fmt: skip
    return chart


def _line(go: Any, name: str, x: list[datetime], y: Sequence[float | None], colour: str, dash: str) -> Any:
    return go.Scatter(
        x=x, y=list(y), name=name, mode="lines", line={"color": colour, "dash": dash, "width": 1.8},
        hovertemplate="%{x|%Y-%m-%d %H:%M}<br>%{y:,.1f} " + name + "<extra></extra>",
    )  # fmt: skip
