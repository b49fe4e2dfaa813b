"""What stands beside the map: the activity or path that was clicked, or what the map as a whole shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from app.components.process_map import END, START
from app.pages.fields import show_figures
from app.pages.parts import badge_text, palette, table
from app.pages.process_map.bar import group_name
from app.pages.process_map.metrics import Look
from app.pages.process_map.offers import activity_offers, boundary_offers, path_offers, performer_offers
from app.pages.process_map.view import KINDS, ActivityFacts, LegendEntry, how_often, legend
from app.pages.text import literal, textual
from app.theme import NOTHING, count, day, duration, money, share
from core.eventlog import LogVersion
from mining.map.dfg import Boundary, Dfg, DfgPath
from mining.map.figures import ActivityDetail, Figures, Times
from mining.map.profile import DoneBy

_DOERS_SHOWN = 8
_MISSING = f"{NOTHING} not in the log"


@dataclass(frozen=True)
class ShownGraph:
    """The graph that the panel speaks of."""

    whole: Dfg  # of all that the filters leave
    shown: Dfg  # what the map shows of it
    facts: ActivityFacts  # with figures
    cases: int  # that the filters leave
    grouped_by: str = ""


def activity_panel(name: str, seen: ShownGraph, detail: ActivityDetail, show: Callable[[], None]) -> None:
    """One activity: how often, how long, who, where, from where and to where. `show` puts it on the map."""
    activity = next(a for a in seen.whole.activities if a.name == name)
    figures = seen.facts.figures.activities.get(name)
    st.markdown(f"##### {textual(name)}{_simulated(name in seen.facts.simulated)}")
    st.caption(
        how_often(activity)
        + ("" if activity.cases is None else f", {share(activity.cases / (seen.cases or 1))} of all")
    )
    if name not in {a.name for a in seen.shown.activities}:
        st.caption("The sliders hide it.")
        st.button("Show it on the map", on_click=show, icon=":material/visibility:", key="show-hidden")
    activity_offers(name, seen.grouped_by)
    show_figures(
        {
            "Cases that start with it": _of(_boundary(seen.whole.starts, name), seen.cases),
            "Cases that end with it": _of(_boundary(seen.whole.ends, name), seen.cases),
            **_measured(figures, seen.facts.currency),
            "Errors": _or(detail.failed_share, share),
            "Hand-over before": _or(detail.handover_before_share, share),
        }
    )
    _times_table(figures)
    _neighbours("Before it", _before(seen, name), "in")
    _neighbours("After it", _after(seen, name), "out")
    _doers("Performers", detail.people, detail.performers, name, seen.grouped_by)
    _doers("Systems", detail.systems, len(detail.systems), name, seen.grouped_by)


def path_panel(path: DfgPath, seen: ShownGraph) -> None:
    """One path: how often, and how it goes on for work that takes it."""
    figures = seen.facts.figures.paths.get((path.source, path.target))
    waiting = figures.waiting if figures else None
    before = next(a for a in seen.whole.activities if a.name == path.source)
    after = next(a for a in seen.whole.activities if a.name == path.target)
    simulated = _simulated(bool({path.source, path.target} & seen.facts.simulated))
    st.markdown(f"##### {textual(path.source)} → {textual(path.target)}{simulated}")
    path_offers(path.source, path.target, seen.grouped_by)
    show_figures(
        {
            "Times": count(path.count),
            "Cases": NOTHING if path.cases is None else _of(path.cases, seen.cases),
            "Of the work that leaves": share(path.count / before.count),
            "Of the work that arrives": share(path.count / after.count),
            "Waiting, median": duration(waiting.median if waiting else None),
            "Waiting, 95th percentile": duration(waiting.p95 if waiting else None),
            **_measured(figures, seen.facts.currency),
        }
    )
    _times_table(figures)
    st.caption("Service time, rework and cost are those of the activity instances that this path leads to.")


def boundary_panel(path: tuple[str, str], seen: ShownGraph) -> None:
    """Cases that start, or end, with an activity."""
    source, target = path
    starts = source == START
    activity = target if starts else source
    side = "start" if starts else "end"
    found = _boundary(seen.whole.starts if starts else seen.whole.ends, activity)
    st.markdown(f"##### Cases that {side} with {textual(activity)}")
    boundary_offers(activity, starts=starts, grouped_by=seen.grouped_by)
    show_figures({"Cases": _of(found, seen.cases)})
    every = seen.whole.starts if starts else seen.whole.ends
    rows = [{"Activity": b.activity, "Cases": b.cases, "Share": b.cases / seen.cases} for b in every]
    st.markdown(f"**Every activity that cases {side} with**")
    table(rows, key=f"every-{side}", formats={"Share": share}, alt=f"Activities that cases {side} with")


def summary_panel(seen: ShownGraph, log: LogVersion, look: Look) -> None:
    """What the map shows of the log, and what its marks mean."""
    whole, shown = seen.whole, seen.shown
    instances = sum(a.count for a in shown.activities) / (sum(a.count for a in whole.activities) or 1)
    moves = sum(p.count for p in shown.paths) / (sum(p.count for p in whole.paths) or 1)
    st.markdown(f"##### {textual(log.log)}, version {log.version}{_simulated(bool(seen.facts.simulated))}")
    st.caption(f"{day(log.started)} to {day(log.ended)}")
    show_figures(
        {
            **({"Boxes stand for": group_name(seen.grouped_by)} if seen.grouped_by else {}),
            "Cases": _of(seen.cases, log.cases) if seen.cases != log.cases else count(log.cases),
            "Activity instances": count(sum(a.count for a in whole.activities)),
            "Activities shown": f"{len(shown.activities)} of {len(whole.activities)}: {share(instances)} of instances",
            "Paths shown": f"{len(shown.paths)} of {len(whole.paths)}: {share(moves)} of steps",
        }
    )
    _legend(legend(shown, seen.facts, look), look)
    st.caption("Choose an activity or a path to see its times, its performers and what stands before and after it.")


def _of(cases: int, all_cases: int) -> str:
    return f"{count(cases)}, {share(cases / all_cases if all_cases else 0.0)}"


def _boundary(boundaries: Sequence[Boundary], activity: str) -> int:
    return next((b.cases for b in boundaries if b.activity == activity), 0)


def _measured(figures: Figures | None, currency: str | None) -> dict[str, str]:
    if figures is None:
        return {}
    cost = _MISSING
    if figures.cost_mean is not None and figures.cost_total is not None:
        cost = f"{money(figures.cost_mean, currency)} mean, {money(figures.cost_total, currency)} in all"
    return {"Rework": f"{share(figures.rework_share)} of its instances", "Cost": cost}


def _simulated(whether: bool) -> str:
    return f" {badge_text('simulated')}" if whether else ""


def _or(value: float | None, write: Callable[[float], str]) -> str:
    return _MISSING if value is None else write(value)


def _times_table(figures: Figures | None) -> None:
    """Waiting and service time side by side with every statistic."""
    if figures is None:
        return
    rows = [("Waiting", figures.waiting), ("Service", figures.service)]
    cells = "".join(f"<tr><th scope='row'>{escape(words)}</th>{_cells(times)}</tr>" for words, times in rows)
    heads = "".join(f"<th scope='col'>{name}</th>" for name in ("", "Median", "Mean", "95th %", "Total"))
    st.html(f'<table class="times"><thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>')


def _cells(times: Times | None) -> str:
    if times is None:
        return f'<td colspan="4">{_MISSING}</td>'
    return "".join(f"<td>{duration(value)}</td>" for value in (times.median, times.mean, times.p95, times.total))


_Neighbour = tuple[str, int, float | None]  # its name, how often, and the median waiting time in seconds


def _before(seen: ShownGraph, name: str) -> list[_Neighbour]:
    found = [(p.source, p.count, _waiting(seen, p)) for p in seen.whole.paths if p.target == name]
    starts: list[_Neighbour] = [(START, b.cases, None) for b in seen.whole.starts if b.activity == name]
    return sorted([*found, *starts], key=lambda row: -row[1])


def _after(seen: ShownGraph, name: str) -> list[_Neighbour]:
    found = [(p.target, p.count, _waiting(seen, p)) for p in seen.whole.paths if p.source == name]
    ends: list[_Neighbour] = [(END, b.cases, None) for b in seen.whole.ends if b.activity == name]
    return sorted([*found, *ends], key=lambda row: -row[1])


def _waiting(seen: ShownGraph, path: DfgPath) -> float | None:
    figures = seen.facts.figures.paths.get((path.source, path.target))
    return figures.waiting.median if figures and figures.waiting else None


def _neighbours(title: str, found: Sequence[_Neighbour], key: str) -> None:
    if not found:
        return
    total = sum(times for _, times, _ in found)
    st.markdown(f"**{literal(title)}**")
    rows = [
        {"Activity": other, "Times": times, "Share": times / total, "Waiting": waiting}
        for other, times, waiting in found
    ]
    columns = {"Waiting": st.column_config.Column(help="Median waiting time on this path")}
    formats = {"Waiting": duration, "Share": share}
    table(rows, key=f"neighbours-{key}", columns=columns, formats=formats, alt=title)


def _doers(title: str, found: Sequence[DoneBy], different: int, activity: str, grouped_by: str) -> None:
    if not found:
        st.caption(f"{literal(title)}: the log does not say.")
        return
    st.markdown(f"**{literal(title)}**")
    rows = [{title[:-1]: d.name, "Kind": KINDS.get(d.kind, d.kind), "Times": d.count} for d in found]
    chosen = table(
        rows[:_DOERS_SHOWN], key=f"doers-{title}-{activity}", alt=f"{title} of {activity}", select=not grouped_by
    )
    if different > _DOERS_SHOWN:
        st.caption(f"The {_DOERS_SHOWN} most frequent of {count(different)}.")
    if chosen is not None:
        performer_offers(found[chosen].name, activity, system=title == "Systems")


def _legend(marks: Sequence[LegendEntry], look: Look) -> None:
    """The colours of the map with their words."""
    st.markdown(f"**Colour: {literal(look.words(look.colour))}**")
    if not marks:
        st.caption(f"{_MISSING[0]} The log does not say: {literal(look.colour.value)} is in none of its events.")
        return
    items = "".join(f'<li><span style="{_style(m.look)}"></span>{escape(m.words)}</li>' for m in marks)
    st.html(f'<ul class="legend">{items}</ul>')
    st.caption(f"Width of paths: {literal(look.words(look.width))}.")


def _style(look: str) -> str:
    colours = palette()
    if look == "kind-unknown":
        return f"background:repeating-linear-gradient(45deg,{colours.hatch} 0 2px,transparent 2px 6px)"
    if look.startswith("kind-"):
        kind = look.removeprefix("kind-")
        return f"background:{getattr(colours, f'{kind}_fill')};border-color:{getattr(colours, kind)}"
    return f"background:{colours.heat[int(look.removeprefix('heat-'))]}"
