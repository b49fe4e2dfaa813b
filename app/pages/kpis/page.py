"""KPIs: is it getting better? Five figures with what founds them, the baseline beside them, the cases behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from app.pages.analysis import current_selection, put_selection, say_damaged, tell_simulated
from app.pages.asking import ask
from app.pages.change import how_sure, movement
from app.pages.kpis.trend import show_trend
from app.pages.pager import page_number, pager
from app.pages.parts import badge, empty, facts, head, section, simulated_mark, table
from app.pages.state import choose_log, names, workspace
from app.pages.text import literal, textual
from app.theme import count, day, duration, moment, plural, share
from core.eventlog import LogVersion
from core.selection.selection import NO_SELECTION
from core.view import View
from core.workspace import Workspace
from kpi import (
    Baseline,
    Comparison,
    KpiCases,
    Measurement,
    TrendPoint,
    baselines,
    beside_in_words,
    cases,
    compare,
    definitions,
    doubts_in_words,
    in_words,
    interval_in_words,
    like,
    measure,
    trend,
)
from orchestrator.monitoring.baselines import RunsBaseline, baselines_of_runs

_CASES_SHOWN = 200
_UNITS = {"d": "days", "h": "hours", "min": "minutes", "s": "seconds"}
_NUMBER = re.compile(r"(\d|\d [dh]) (?=%|[0-9]|d\b|h\b|min\b|s\b)")


@dataclass(frozen=True)
class _KpisAsked:
    """What this page is about: cases of one log version, and the baseline, with its SLA, that they stand against."""

    view: View
    baseline: Baseline | None = None
    runs: RunsBaseline | None = None  # whose baseline it is, where the log was made from runs

    @property
    def sla(self) -> float | None:
        """The SLA that the baseline was frozen with."""
        return self.baseline.sla_seconds if self.baseline else None


def page() -> None:
    """Five KPIs of one event log version, against a frozen baseline."""
    ws = workspace()
    head("Is the work getting better?")
    if not ws.logs.versions():
        empty(
            "No event log to measure yet",
            "KPIs are computed from event logs, imported or made from runs.",
            to="logs",
            step="Import an event log",
        )
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        log = choose_log()
        asked = _choose_baseline(ws, log)
    now = {m.key: m for m in ask(measure, asked.view, "Measuring", sla_seconds=asked.sla)}
    against = {c.key: c for c in _compared(asked.baseline.id, asked)} if asked.baseline else {}
    _context(log, asked)
    say_damaged(ws)
    tell_simulated(log)
    _tiles(now, against)
    if doubts := doubts_in_words(now.values()):
        st.caption(f":material/info: {textual(' '.join(doubts))}")
    _detail(ws, asked, now)


def _choose_baseline(ws: Workspace, log: LogVersion) -> _KpisAsked:
    """What the baseline makes of the question that the URL names: by default, for a log made from runs, the one that
    was frozen when the version that ran them was promoted."""
    known = {b.id: b for b in baselines(ws)}
    ran = {r.baseline: r for r in baselines_of_runs(ws, log) if r.baseline in known}
    newest = sorted(known, reverse=True)
    others = sorted((i for i in newest if i not in ran), key=lambda i: known[i].log != log.log)  # of this log first
    here = View(log.log, log.version, current_selection(ws))
    if not known:
        return _KpisAsked(here)
    chosen = st.selectbox(
        "Baseline",
        [None, *ran, *others],
        index=1 if ran else 0,
        key=f"baseline_of_{log.log}",
        bind="query-params",
        label_visibility="collapsed",
        width=320,
        format_func=lambda i: "no baseline" if i is None else _said(known[i], ran.get(i)),
    )
    if chosen is None:
        return _KpisAsked(here)
    baseline, runs = known[chosen], ran.get(chosen)
    view = runs.view.of(runs.view.selection.add(*here.selection.filters)) if runs else like(baseline, here)
    return _KpisAsked(view, baseline, runs)


def _said(baseline: Baseline, runs: RunsBaseline | None) -> str:
    if runs is not None:
        return f"runs of version {runs.version} against baseline {baseline.id}"
    return f"against baseline {baseline.id}: {baseline.log} v{baseline.version}"


def _context(log: LogVersion, asked: _KpisAsked) -> None:
    line = f"{log.source} · {count(log.cases)} cases · {day(log.started)} to {day(log.ended)}"
    baseline, runs = asked.baseline, asked.runs
    if baseline is not None:
        by = names().get(baseline.created_by, baseline.created_by)
        line += f" · baseline frozen {day(baseline.created_at)} by {by}"
        if baseline.sla_seconds:
            line += f" · SLA {duration(baseline.sla_seconds)}"
        if runs is not None and not asked.view.selection.is_whole:
            line += f" · only the {plural(runs.runs, 'run')} of version {runs.version}"
    chosen = current_selection(workspace())
    if baseline is not None and runs is None and chosen.is_whole and not asked.view.selection.is_whole:
        line += " · under the baseline's filters"
    st.caption(literal(line))
    if not chosen.is_whole:
        with st.container(horizontal=True, vertical_alignment="center", key="kpis-filters"):
            said = "; ".join(f.in_words() for f in chosen.active)
            st.markdown(f":material/filter_alt: {textual(said)}", width="content")
            st.button(
                "All cases", key="without-filters", icon=":material/close:", type="tertiary", on_click=put_selection,
                args=(NO_SELECTION,),
            )  # fmt: skip


def _tiles(now: Mapping[str, Measurement], against: Mapping[str, Comparison]) -> None:
    for place, definition in zip(st.columns(5, gap="small"), definitions(), strict=True):
        with place, st.container(border=True, height="stretch", key=f"tile-{definition.key}", gap="xsmall"):
            _tile(now[definition.key], against.get(definition.key))


def _tile(now: Measurement, against: Comparison | None) -> None:
    """One KPI: value, how it moved, n, interval, evidence class; a dash and why where it is withheld."""
    meaning = f"{now.definition.definition} Unit: {unit_shown(now)}; {now.definition.direction.value}."
    label, value = _label_and_value(now)
    st.metric(literal(label), literal(value), help=literal(meaning))
    if now.withheld is not None:
        badge("withheld")
        st.caption(textual(now.withheld))
        return
    if against is not None:
        _movement(against)
    st.caption(literal(_together(f"n = {count(now.n)} · 95 %: {interval_in_words(now)}")))
    if beside := beside_in_words(now):
        st.caption(literal(_together(beside)))
    with st.container(horizontal=True, gap="xsmall"):
        st.badge(literal(now.evidence.value.capitalize()), color="gray", help=_evidence_help(now))
        if now.simulated:
            simulated_mark(
                f"{share(now.simulated_share)} of the work behind this figure was done by simulated performers."
            )


def _together(words: str) -> str:
    """`words`, with no line broken between a number and its unit."""
    return _NUMBER.sub("\\1\u00a0", words)


def _label_and_value(now: Measurement) -> tuple[str, str]:
    """The tile's label, with the unit where it is too long to stand behind the number."""
    words = in_words(now.value, now.unit)
    number, _, unit = words.partition(" ")
    if now.value is None or now.unit in ("seconds", "share"):
        return now.definition.title, words
    unit = unit.removesuffix("a task").strip()
    return f"{now.definition.title}{', ' + unit if unit else ''}", number


def unit_shown(now: Measurement) -> str:
    """The unit in which a figure is shown, whatever it is measured in."""
    if now.unit == "share":
        return "per cent"
    if now.unit != "seconds":
        return now.unit
    named = [_UNITS[word] for word in in_words(now.value, now.unit).split() if word in _UNITS]
    return " and ".join(named) or "days, hours or minutes"


def _evidence_help(now: Measurement) -> str:
    covered = "" if now.coverage is None else f" {share(now.coverage)} of what it speaks of had data."
    return f"How well the value is founded: measured, estimated or assumed.{covered}"


def _movement(against: Comparison) -> None:
    if against.withheld is not None:
        st.caption(f"No comparison: {textual(against.withheld)}")
        return
    st.markdown(movement(against))
    why = " ".join(against.judged.reasons)
    st.caption(
        literal(f"from {in_words(against.baseline.value, against.baseline.unit)}; {how_sure(against.judged)}"),
        help=textual(why),
    )


def _detail(ws: Workspace, asked: _KpisAsked, now: Mapping[str, Measurement]) -> None:
    titles = {d.key: d.title for d in definitions()}
    key = st.segmented_control(
        "KPI",
        list(titles),
        format_func=lambda key: literal(titles[key]),
        key="kpi",
        bind="query-params",
        default=next(iter(titles)),
        required=True,
        label_visibility="collapsed",
    )
    chosen = now[str(key)]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_trend(_points(asked, chosen.key), chosen, asked.baseline)
    with right:
        _definition(chosen)
    section("Cases behind it, those that weigh most against it first")
    if chosen.simulated:
        simulated_mark("Simulated performers did work in these cases.")
    _cases(ws, asked, chosen)


def _definition(chosen: Measurement) -> None:
    section(chosen.definition.title)
    if chosen.simulated:
        simulated_mark()
    st.markdown(literal(chosen.definition.definition))
    facts(
        {
            "Unit": unit_shown(chosen),
            "Direction": chosen.definition.direction.value,
            "Needs": chosen.definition.needs,
            "95 % interval": chosen.definition.interval,
            "Source": chosen.definition.source,
            "Mean": in_words(chosen.mean, chosen.unit) if chosen.mean is not None else "",
            "95th percentile": in_words(chosen.p95, chosen.unit) if chosen.p95 is not None else "",
        }
    )


def _cases(ws: Workspace, asked: _KpisAsked, chosen: Measurement) -> None:
    found, number = _page_of(ws, asked, chosen.key)
    if not found.cases:
        empty("No case stands behind this figure", chosen.withheld or "The log has no case of this kind.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plural(found.total, "case"), width="content")
        pager(found.total, number, f"{chosen.key}_page", "cases", _CASES_SHOWN)
    rows = [
        {
            "Case": c.case_id,
            chosen.definition.title: c.value,
            "Activities": c.events,
            "Start": moment(c.started),
            "End": moment(c.ended),
            "Due": moment(c.due),
            "Complete": "yes" if c.complete else "no",
        }
        for c in found.cases
    ]
    formats = {chosen.definition.title: lambda value: in_words(value, chosen.unit)}
    table(
        rows,
        key=f"cases-{chosen.key}-{number}",
        formats=formats,
        alt=f"Cases behind {chosen.definition.title}",
    )


def _page_of(ws: Workspace, asked: _KpisAsked, key: str) -> tuple[KpiCases, int]:
    """The cases behind a KPI on the page that the URL names, and which page that is."""
    found = cases(ws, asked.view, key, limit=_CASES_SHOWN, sla_seconds=asked.sla)
    number = page_number(found.total, f"{key}_page", _CASES_SHOWN)
    if number:
        found = cases(ws, asked.view, key, limit=_CASES_SHOWN, offset=number * _CASES_SHOWN, sla_seconds=asked.sla)
    return found, number


def _compared(baseline: int, asked: _KpisAsked) -> tuple[Comparison, ...]:
    return ask(_against, asked.view, "Comparing with the baseline", baseline=baseline)


def _against(ws: Workspace, view: View, *, baseline: int) -> tuple[Comparison, ...]:
    return compare(ws, baseline, view)


def _points(asked: _KpisAsked, key: str) -> tuple[TrendPoint, ...]:
    return ask(trend, asked.view, "Measuring over time", key=key, sla_seconds=asked.sla)
