"""What stands beside the map: the activity or path that was clicked, or what the map as a whole shows."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.pages.fields import show_figures
from app.pages.map_view import KINDS, Colour, Facts
from app.pages.parts import badge_text, palette, table, textual
from app.theme import NOTHING, count, day, duration, money, plural, share
from core import LogVersion
from mining import ActivityProfile, Dfg, DfgPath

_PERFORMERS_SHOWN = 8


def activity_panel(name: str, dfg: Dfg, facts: Facts, cases: int) -> None:
    """One activity: how often, how long, who, from where and to where."""
    activity = next(a for a in dfg.activities if a.name == name)
    profile = facts.profiles.get(name)
    st.markdown(f"##### {textual(name)}{_simulated(name in facts.simulated)}")
    st.caption(
        f"{plural(activity.count, 'time')} in {plural(activity.cases, 'case')}, {share(activity.cases / cases)} of all"
    )
    if profile is not None:
        show_figures(_figures(profile, facts.currency))
        _performers(profile)
    _neighbours("Comes from", [(p.source, p) for p in dfg.paths if p.target == name], f"in-{name}")
    _neighbours("Goes to", [(p.target, p) for p in dfg.paths if p.source == name], f"out-{name}")


def path_panel(path: DfgPath, facts: Facts) -> None:
    """One path: how often and how long work waits on it."""
    simulated = _simulated(bool({path.source, path.target} & facts.simulated))
    st.markdown(f"##### {textual(path.source)} → {textual(path.target)}{simulated}")
    show_figures(
        {
            "Times": count(path.count),
            "Cases": count(path.cases),
            "Waiting, median": duration(path.median_seconds),
            "Waiting, 95th percentile": duration(path.p95_seconds),
        }
    )


def summary_panel(dfg: Dfg, shown: Dfg, facts: Facts, log: LogVersion, colour: Colour) -> None:
    """What the map shows of the log, and what its marks mean."""
    instances = sum(a.count for a in shown.activities) / (sum(a.count for a in dfg.activities) or 1)
    moves = sum(p.count for p in shown.paths) / (sum(p.count for p in dfg.paths) or 1)
    st.markdown(f"##### {textual(log.log)}, version {log.version}{_simulated(bool(facts.simulated))}")
    st.caption(f"{day(log.started)} to {day(log.ended)}")
    show_figures(
        {
            "Cases": count(log.cases),
            "Activity instances": count(log.events),
            "Activities shown": f"{len(shown.activities)} of {len(dfg.activities)}: {share(instances)} of instances",
            "Paths shown": f"{len(shown.paths)} of {len(dfg.paths)}: {share(moves)} of steps",
        }
    )
    _legend(colour)
    st.caption("Choose an activity or a path to see its times, its performers and what stands before and after it.")


def _figures(profile: ActivityProfile, currency: str | None) -> dict[str, str]:
    missing = f"{NOTHING} not in the log"
    return {
        "Waiting before, median": _or(profile.waiting_median, duration, missing),
        "Service time, median": _or(profile.service_median, duration, missing),
        "Cost, mean": _or(profile.cost_mean, lambda amount: money(amount, currency), missing),
        "Errors": _or(profile.failed_share, share, missing),
        "Rework": f"{share(profile.repeated_share)} of its instances",
        "Hand-over before": _or(profile.handover_before_share, share, missing),
    }


def _simulated(whether: bool) -> str:
    return f" {badge_text('simulated')}" if whether else ""


def _or(value: float | None, write: Callable[[float], str], missing: str) -> str:
    return missing if value is None else write(value)


def _performers(profile: ActivityProfile) -> None:
    if not profile.people:
        st.caption("The log does not say who performed it.")
        return
    st.markdown("**Performers**")
    rows = [{"Performer": p.name, "Kind": KINDS.get(p.kind, p.kind), "Times": p.count} for p in profile.people]
    table(rows[:_PERFORMERS_SHOWN], key=f"performers-{profile.activity}", alt=f"Performers of {profile.activity}")
    if profile.performers > _PERFORMERS_SHOWN:
        st.caption(f"The {_PERFORMERS_SHOWN} most frequent of {count(profile.performers)}.")


def _neighbours(title: str, paths: list[tuple[str, DfgPath]], key: str) -> None:
    if not paths:
        return
    st.markdown(f"**{title}**")
    rows = [
        {"Activity": other, "Times": p.count, "Waiting, median": p.median_seconds}
        for other, p in sorted(paths, key=lambda pair: -pair[1].count)
    ]
    table(rows, key=f"neighbours-{key}", formats={"Waiting, median": duration}, alt=title)


def _legend(colour: Colour) -> None:
    """The colours of the map with their words."""
    colours = palette()
    if colour is Colour.WHO:
        marks = [
            (KINDS["human"], f"background:{colours.human_fill};border-color:{colours.human}"),
            (KINDS["agent"], f"background:{colours.agent_fill};border-color:{colours.agent}"),
            (KINDS["system"], f"background:{colours.system_fill};border-color:{colours.system}"),
            (
                KINDS["unknown"],
                f"background:repeating-linear-gradient(45deg,{colours.hatch} 0 2px,transparent 2px 6px)",
            ),
        ]
    else:
        words = [f"little {colour.value}", "", "", "", f"much {colour.value}"]
        marks = [(w, f"background:{c}") for w, c in zip(words, colours.heat, strict=True)]
    items = "".join(f'<li><span style="{style}"></span>{words}</li>' for words, style in marks)
    st.html(f'<ul class="legend">{items}</ul>')
