"""Pilots: what AI is there already, what overlaps, what is missing, what is risky?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from app.pages.parts import act, badge_text, empty, facts, fresh, head, table, wide_column
from app.pages.state import actor, workspace
from app.pages.text import literal, quoted, textual
from app.pages.uploads import uploaded
from app.simulation import left_out
from app.theme import NOTHING, count, duration, money, plural, share
from app.verbs import import_pilots
from core.workspace import Workspace
from inventory import GapReport, Overlaps, Pilot, Risk, demand_from_logs, gaps, links, list_pilots, overlaps, risks


@dataclass(frozen=True)
class Portfolio:
    """Everything that is found about the pilots, read once a page."""

    pilots: tuple[Pilot, ...]
    overlaps: Overlaps
    gaps: GapReport
    risks: tuple[Risk, ...]


def page() -> None:
    """The pilots, what they share, what no pilot touches, and which rules they break."""
    ws = workspace()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="head"):
        head("Which AI pilots are there, and what do they miss?")
        _import(ws)
    found = list_pilots(ws)
    if not found:
        empty(
            "No pilots yet",
            "The inventory lists every AI pilot with what it touches, costs and earns. Import a sheet with the button "
            "above; its columns are described in docs/pilots.md.",
        )
        return
    portfolio = Portfolio(found, overlaps(ws), gaps(ws, demand_from_logs(ws)), risks(ws))
    _figures(portfolio, sum(o.shown for o in portfolio.overlaps.pairs))
    tabs: dict[str, Callable[[], None]] = {
        "All pilots": lambda: _pilots(ws, portfolio),
        "Overlaps": lambda: _overlaps(portfolio.overlaps),
        "Gaps": lambda: _gaps(portfolio.gaps),
        "Risks": lambda: _risks(portfolio.risks),
    }
    shown = st.tabs(list(tabs), key="pilots_part", bind="query-params", on_change="rerun")
    for place, show in zip(shown, tabs.values(), strict=True):
        with place:
            if place.open:
                show()


def _import(ws: Workspace) -> None:
    with st.popover("Import pilots", icon=":material/upload_file:", key=fresh("import"), on_change="rerun"):
        sheet = st.file_uploader(
            "Sheet of pilots (CSV)",
            type=["csv", "tsv", "txt", "xlsx", "json", "yaml", "yml"],
            key=fresh("pilots_sheet"),
        )
        if sheet is not None and st.button("Import", type="primary", key="import_pilots"):
            with uploaded(sheet.name, sheet.getvalue()) as path:
                act(lambda: import_pilots(ws, path, by=actor()), f"Pilots of {sheet.name} are in the inventory")


def _figures(found: Portfolio, duplicates: int) -> None:
    departments = {p.facts.department for p in found.pilots}
    unlinked = len(found.gaps.orphans)
    for place, (label, value, note) in zip(
        st.columns(5, gap="small"),
        [
            ("Pilots", count(len(found.pilots)), f"in {plural(len(departments), 'department')}"),
            ("Cost a month", _costs(found.pilots), f"known for {_known(found.pilots)} of {len(found.pilots)}"),
            ("Possible duplicates", count(duplicates), "pairs shown as the same work"),
            ("Orphans", count(unlinked), "touch nothing that was mined"),
            ("With a risk", count(len({r.pilot for r in found.risks})), f"{count(len(found.risks))} findings"),
        ],
        strict=True,
    ):
        with place, st.container(border=True, gap="xsmall", height="stretch"):
            st.metric(literal(label), literal(value))
            st.caption(literal(note))


def _costs(pilots: Sequence[Pilot]) -> str:
    """The sum by currency; amounts of two currencies are never added."""
    sums: defaultdict[str, float] = defaultdict(float)
    for pilot in pilots:
        if pilot.facts.monthly_cost is not None:
            sums[pilot.facts.currency or ""] += pilot.facts.monthly_cost
    return " + ".join(money(amount, currency) for currency, amount in sums.items()) or NOTHING


def _known(pilots: Sequence[Pilot]) -> int:
    return sum(p.facts.monthly_cost is not None for p in pilots)


def _pilots(ws: Workspace, found: Portfolio) -> None:
    currencies = {p.facts.currency or "" for p in found.pilots if p.facts.monthly_cost or p.facts.monthly_benefit}
    currency = f", {currencies.pop()}".removesuffix(", ") if len(currencies) == 1 else ""
    cost, benefit = f"Cost a month{currency}", f"Claimed benefit{currency}"
    findings = Counter(r.pilot for r in found.risks)
    rows = [
        {
            "Pilot": p.facts.name,
            "Department": p.facts.department,
            "Status": p.facts.status.value if p.facts.status else NOTHING,
            "Owner": p.facts.owner or NOTHING,
            "Risks": findings[p.id],
            "Activities": ", ".join(p.facts.activities) or NOTHING,
            "Systems": ", ".join(p.facts.systems) or NOTHING,
            "Data": p.facts.data_sensitivity.value if p.facts.data_sensitivity else NOTHING,
            cost: p.facts.monthly_cost,
            benefit: p.facts.monthly_benefit,
            **({} if currency else {"Currency": p.facts.currency or NOTHING}),
        }
        for p in found.pilots
    ]
    formats = dict.fromkeys((cost, benefit), money)
    chosen = table(rows, key="pilots", formats=formats, select=True, alt="Pilots")
    if chosen is not None:
        _one(ws, found, found.pilots[chosen])


def _one(ws: Workspace, found: Portfolio, pilot: Pilot) -> None:
    logs = {link.label: link.logs for link in links(ws) if link.pilot == pilot.id}
    with st.container(border=True):
        st.markdown(f"**{literal(pilot.facts.name)}**, {literal(pilot.facts.department)}")
        linked = [f"{label} ({', '.join(where) if where else 'in no event log'})" for label, where in logs.items()]
        facts(
            {
                "Purpose": pilot.facts.purpose or "",
                "Touches": "; ".join(linked),
                "Vendor and model": ", ".join(filter(None, (pilot.facts.vendor, pilot.facts.model))),
                "Sponsor": pilot.facts.sponsor or "",
                "Risks": " ".join(r.finding for r in found.risks if r.pilot == pilot.id),
            }
        )


def _overlaps(found: Overlaps) -> None:
    if not found.pairs:
        empty("No two pilots seem to do the same work", "Overlaps are found by what pilots say that they do.")
        return
    shown = sum(o.shown for o in found.pairs)
    st.caption(
        f"{plural(len(found.pairs), 'pair is', 'pairs are')} proposed; {count(shown)} of them are shown as the same "
        f"work. {textual(found.note)}"
    )
    rows = [
        {
            "Pilots": f"{o.first_name} and {o.second_name}",
            "Departments": " and ".join(o.departments),
            "Probability": round(o.probability, 2),
            "Shown as the same work": "▲ yes" if o.shown else NOTHING,
            "Why": quoted(o.reason),
        }
        for o in found.pairs
    ]
    columns = {
        "Probability": st.column_config.ProgressColumn(min_value=0, max_value=1, format="%.2f", color="gray"),
        "Why": wide_column(),
    }
    table(rows, key="overlaps", columns=columns, alt="Pilots that may do the same work")


def _gaps(found: GapReport) -> None:
    if not found.gaps:
        empty(
            "No gap is known",
            "A gap is mined work of people that no active pilot touches. It needs an event log.",
            to="logs",
            step="Import an event log",
        )
    else:
        st.caption("Mined work of people that no active pilot touches, most work first.")
        rows = [
            {
                "Activity": g.demand.activity,
                "Event log": g.demand.log,
                "Done by people": round(g.human_count),
                "Share of people": g.demand.human_share,
                "Their service time": g.work_seconds,
                "Why": quoted(g.reason),
            }
            for g in found.gaps
        ]
        columns = {"Why": wide_column()}
        formats = {"Share of people": share, "Their service time": duration}
        table(rows, key="gaps", columns=columns, formats=formats, alt="Gaps")
    if found.simulated:
        st.caption(f"{badge_text('simulated')} {textual(left_out(found.simulated))}")
    if found.orphans:
        st.markdown("**Orphans: pilots whose activities and systems stand in no event log**")
        orphans = [{"Pilot": o.pilot_name, "Department": o.department, "Why": quoted(o.reason)} for o in found.orphans]
        table(orphans, key="orphans", alt="Orphans")


def _risks(found: Sequence[Risk]) -> None:
    if not found:
        empty("No pilot breaks a rule", "Every rule is listed in docs/pilots.md.")
        return
    rows = [
        {"Pilot": r.pilot_name, "Department": r.department, "Finding": quoted(r.finding), "Rule": r.text} for r in found
    ]
    columns = {name: wide_column() for name in ("Finding", "Rule")}
    table(rows, key="risks", columns=columns, alt="Risks")
