"""One deviation: what it is, when it happens, what goes along with it, which cases, and whether it is accepted."""

from __future__ import annotations

import streamlit as st

from app.conforming import value_in_words
from app.pages.analysis import offer
from app.pages.parts import act, empty, fresh, palette, table
from app.pages.state import actor, home, name_of, workspace
from app.pages.text import quoted, textual
from app.theme import NOTHING, charts, count, duration, moment, plural, share
from app.verbs import allow, withdraw
from core.figures import signed_per_cent
from core.selection.filters import FourEyesFilter, PerformerFilter, VariantFilter
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from kpi import Measurement, in_words, incomparable, interval_in_words, measure
from mining.conformance import Allowed, Conformance, Detail, Deviation, DeviationKind

_MOST_DIGESTS = 2000  # a filter of more variants is no filter that anybody reads


def detail_view(found: Conformance, told: Detail, allowed: Allowed | None, currency: str | None) -> None:
    """Everything about one deviation."""
    deviation = told.deviation
    st.markdown(f"**{textual(deviation.sentence)}**")
    st.caption(f"{_how_many(found, deviation)}{_elsewhere(deviation)}")
    _acts(found, deviation, allowed)
    _trend(told)
    if not found.complete:
        st.caption("Trend, effects and examples are those of the cases aligned, no fair sample of all.")
    _effects(told, currency)
    _on_kpis(found, deviation)
    st.markdown("##### Example cases, the latest first")
    rows = [
        {"Case": e.case_id, "Start": moment(e.started), "Cycle time": e.cycle_time, "Activities": e.events}
        for e in told.examples
    ]
    table(rows, key=f"examples-{deviation.key}", alt="Example cases", formats={"Cycle time": duration}, within=240)


def _how_many(found: Conformance, deviation: Deviation) -> str:
    if found.complete or deviation.kind is DeviationKind.WRONG_PERFORMER:
        return f"{plural(deviation.cases, 'case')}, {share(deviation.share)} of the cases"
    return f"{plural(deviation.cases, 'case')} of those aligned; an estimated {share(deviation.share)} of all cases"


def _elsewhere(deviation: Deviation) -> str:
    """The further places where it happens."""
    more = deviation.places[1:4]
    if not more:
        return ""
    named = "; ".join(f"{_where(p.after, p.before)} {count(p.cases)}" for p in more)
    return f". Also {textual(named)}"


def _where(after: str | None, before: str | None) -> str:
    if after is None:
        return f"at the start before {before}" if before else "in the whole case"
    return f"after {after}" + (f" before {before}" if before else " at the end")


def _acts(found: Conformance, deviation: Deviation, allowed: Allowed | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if deviation.digests and len(deviation.digests) <= _MOST_DIGESTS:
            offer(VariantFilter(digests=deviation.digests), "Only these cases", "offer-these")
            offer(VariantFilter(digests=deviation.digests, inverted=True), "Only cases without", "offer-others")
        elif deviation.performers:
            by = PerformerFilter(performers=deviation.performers, activity=deviation.activity)
            offer(by, "Only these cases", "offer-these")
        elif deviation.kind is DeviationKind.WRONG_PERFORMER and deviation.other:
            other = deviation.other.removeprefix("whoever did ")
            offer(FourEyesFilter(first=other, second=deviation.activity), "Cases where one did both", "offer-these")
        if allowed is None:
            _allow(found, deviation)
        else:
            _withdraw(found, deviation)
    if allowed is not None:
        by_whom = f"Allowed by {textual(name_of(allowed.created_by))}, {moment(allowed.created_at)}"
        st.info(f"{by_whom}: {textual(allowed.reason)}", icon=":material/verified:")


def _allow(found: Conformance, deviation: Deviation) -> None:
    with (
        st.popover("Allow", icon=":material/verified:", key=fresh("allow"), on_change="rerun"),
        st.form("allow-deviation", border=False),
    ):
        st.caption("It is then listed apart, and fitness is also shown without its cost. It can be withdrawn.")
        reason = st.text_area("Reason", key=fresh("allow_reason"), height=90)
        if st.form_submit_button(f"Allow in {plural(deviation.cases, 'case')}", type="primary"):
            act(
                lambda: allow(workspace(), found.log, found.model, deviation.key, reason, actor()),
                f"Allowed: {deviation.key}",
            )


def _withdraw(found: Conformance, deviation: Deviation) -> None:
    if st.button("Withdraw", icon=":material/undo:", key="withdraw", help="It counts as a deviation again."):
        act(
            lambda: withdraw(workspace(), found.log, found.model, deviation.key, by=actor()),
            f"No longer allowed: {deviation.key}",
        )


def _trend(told: Detail) -> None:
    points = [(m.month, 100 * m.deviating / m.cases, m.cases) for m in told.trend if m.cases]
    if len(points) < 2:
        empty("No trend", "All cases started in one month.")
        return
    first, last = points[0], points[-1]
    title = f"{share(first[1] / 100)} of the cases in the first month, {share(last[1] / 100)} in the last"
    chart = charts.trend(palette(), title, points, unit="% of the cases", every="Month of the cases' start")
    chart.update_layout(height=200)
    st.plotly_chart(chart, theme=None, key="deviation-trend", config={"displayModeBar": False})


def _on_kpis(found: Conformance, deviation: Deviation) -> None:
    """The five KPIs of the cases with the deviation beside those without it, each by its own definition."""
    if not deviation.digests or len(deviation.digests) > _MOST_DIGESTS:
        return
    with st.expander("The five KPIs with and without it", key=f"kpis-{deviation.key}", on_change="rerun") as opened:
        if not opened.open:
            return
        with_it, without = _measured(workspace(), home(), found.log, found.version, found.selection, deviation.digests)
        rows = [
            {
                "KPI": n.definition.title,
                "With it": in_words(n.value, n.unit),
                "95 % interval": interval_in_words(n),
                "Without": in_words(b.value, b.unit),
                "Its 95 % interval": interval_in_words(b),
                "With it against without": quoted(incomparable(b, n) or _difference(b, n)),
            }
            for b, n in zip(without, with_it, strict=True)
        ]
        table(rows, key=f"kpi-rows-{deviation.key}", alt="The five KPIs with and without the deviation")


@st.cache_data(show_spinner="Measuring the KPIs", max_entries=64)
def _measured(
    _ws: Workspace, _home: str, log: str, version: int, selection: Selection, digests: tuple[str, ...]
) -> tuple[tuple[Measurement, ...], tuple[Measurement, ...]]:
    """The KPIs of the selected cases of these variants, and of the others."""
    these = VariantFilter(digests=digests)
    others = these.model_copy(update={"inverted": True})
    one, other = (measure(_ws, View(log, version, selection.add(f))) for f in (these, others))
    return one, other


def _difference(without: Measurement, with_it: Measurement) -> str:
    """How much more or less, as a share; no verdict, since the cases that deviate were not drawn by chance."""
    if not without.value or with_it.value is None:
        return "no share of 0"
    return signed_per_cent(with_it.value / without.value - 1)


def _effects(told: Detail, currency: str | None) -> None:
    st.markdown("##### What goes along with it")
    rows = []
    for e in told.effects:
        moved, interval, p = e.withheld or NOTHING, NOTHING, NOTHING
        if e.difference is not None:
            moved = value_in_words(e.difference.value, e.unit, currency)
            low, high = (value_in_words(v, e.unit, currency) for v in (e.difference.low, e.difference.high))
            interval, p = f"{low} to {high}", "< 0.001" if e.difference.p < 0.001 else f"{e.difference.p:.3f}"
        rows.append(
            {
                "Measure": e.measure[:1].upper() + e.measure[1:],
                "With it": value_in_words(e.with_it, e.unit, currency),
                "Without": value_in_words(e.without, e.unit, currency),
                "Difference": moved,
                "95 % interval": interval,
                "p": p,
                "n": f"{count(e.n_with)} / {count(e.n_without)}",
            }
        )
    if not rows:
        empty("Nothing to compare", "The log has neither times, costs nor outcomes of these cases.")
        return
    table(rows, key=f"effects-{told.deviation.key}", alt="Cases with the deviation against those without it")
    st.caption(
        "Medians, or shares of the cases; p is not corrected for how many are looked at. A difference between cases "
        "with the deviation and those without it need not be caused by it."
    )
