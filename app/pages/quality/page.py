"""Quality: how far can this log be trusted? Findings with what they put in doubt, and the steps that mend them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.parts import badge_text, empty, head, link, section, table
from app.pages.quality.findings import show_findings
from app.pages.quality.personal import show_personal
from app.pages.quality.steps import Basket, open_version, show_cleaning, show_lineage
from app.pages.state import choose_log, home, workspace
from app.pages.text import quoted, textual
from app.theme import NOTHING, count, duration, plural, share
from core.eventlog import LogVersion
from core.view import View
from core.workspace import Workspace
from ingest import ColumnFacts, Consequence, QualityReport, Severity, quality_report, quality_rules

_MAKES = {  # what a rule's finding makes of figures, in words
    Consequence.WRONG: "wrong",
    Consequence.MISLEADING: "misleading",
    Consequence.WORTH_KNOWING: "as they are; worth knowing",
}


def page() -> None:
    """The findings of one event log version, the chosen one beside them, and what can be done about them below."""
    ws = workspace()
    head("How far can this log be trusted?")
    if not ws.logs.versions():
        empty(
            "No event log yet",
            "A quality report is computed from what is stored of a log.",
            to="import_log",
            step="Import an event log",
        )
        return
    open_version()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        log = choose_log()
        report = _report(ws, home(), log)
        _summary(report, log)
        link("logs", "All event logs", icon=":material/table_rows:")
    basket = Basket(log)
    if report.findings:
        show_findings(ws, report, basket)
    else:
        with st.container(border=True, key="finding"):
            st.markdown(f"{badge_text('passed')} **No rule found anything**")
            st.caption(f"{plural(len(report.clear), 'rule')} looked at every activity instance and every case.")
    _below(ws, log, report, basket)


def _below(ws: Workspace, log: LogVersion, report: QualityReport, basket: Basket) -> None:
    """What follows from the findings: cleaning, withheld results, personal data, where the version comes from."""
    cleaning, held, complete, personal, lineage, columns, rules = st.tabs(
        [
            f"Cleaning ({len(basket.steps)})",
            f"Withheld results ({len(report.withheld)})",
            "Complete cases",
            "Personal data",
            "Lineage",
            f"Columns ({len(report.columns)})",
            "Rules",
        ]
    )
    with cleaning:
        show_cleaning(ws, basket)
    with held:
        _withheld(report)
    with complete:
        _completeness(report)
    with personal:
        show_personal(ws, log, basket)
    with lineage:
        show_lineage(ws, log)
    with columns:
        _columns(report.columns)
    with rules:
        _rules(report)


def _summary(report: QualityReport, log: LogVersion) -> None:
    counts = {severity: sum(f.severity is severity for f in report.findings) for severity in Severity}
    said = " ".join(badge_text(severity, more=str(number)) for severity, number in counts.items() if number)
    held = f" · {plural(len(report.withheld), 'result')} withheld" if report.withheld else ""
    st.markdown(f"{said} :small[{plural(log.cases, 'case')}{held}]", width="stretch")


def _withheld(report: QualityReport) -> None:
    if not report.withheld:
        st.caption("The log can carry every result.")
        return
    st.caption("What the log cannot carry is not shown on any page: a dash and the reason stand in its place.")
    rows = [
        {
            "Result": result.value.capitalize() if result.value[0].islower() else result.value,
            "Withheld": f"below {duration(why.below)}" if why.below else "altogether",
            "Why": quoted(why.reason),
        }
        for result, why in report.withheld.items()
    ]
    table(rows, key="withheld", alt="Withheld results", columns={"Why": st.column_config.TextColumn(width="large")})


def _completeness(report: QualityReport) -> None:
    """With which activities cases end, and which of them are taken for the end of a case."""
    st.caption(textual(report.completeness.words))
    rows = [
        {"Cases end with": e.activity, "Cases": e.cases, "Of old cases with it": e.share,
         "Taken as": "complete" if e.over else "open or unknown"}
        for e in report.completeness.endings
    ]  # fmt: skip
    if rows:
        formats = {"Of old cases with it": share, "Cases": count}
        table(rows, key="endings", alt="Activities with which cases end", formats=formats)


def _columns(found: Sequence[ColumnFacts]) -> None:
    rows = [
        {
            "Column": column.name,
            "Of": "activity instance" if column.of == "event" else "case",
            "Type": column.type.lower(),
            "Filled": column.filled / column.total if column.total else None,
            "Missing": column.total - column.filled,
            "Lowest": column.lowest or NOTHING,
            "Highest": column.highest or NOTHING,
        }
        for column in found
    ]
    table(rows, key="columns", alt="Columns of the log", formats={"Filled": share, "Missing": count})


def _rules(report: QualityReport) -> None:
    section(f"{plural(len(report.clear), 'rule')} found nothing")
    found = {f.code for f in report.findings}
    rows = [
        {
            "Found": "yes" if rule.code in found else "no",
            "Rule": rule.title,
            "What is counted, and why": rule.why,
            "Figures are": _MAKES[rule.consequence],
        }
        for rule in sorted(quality_rules(), key=lambda rule: (rule.code in found, rule.title))
    ]
    wide = {"What is counted, and why": st.column_config.TextColumn(width="large")}
    table(rows, key="rules", alt="Rules of the quality report", columns=wide)


@st.cache_data(show_spinner="Looking through the event log", max_entries=32)
def _report(_ws: Workspace, _home: str, log: LogVersion) -> QualityReport:
    return quality_report(_ws, View(log.log, log.version))
