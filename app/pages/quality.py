"""Quality: how far can this log be trusted? Findings with what they put in doubt, and the steps that mend them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.pages.parts import badge_text, empty, facts, head, link, section, table, textual
from app.pages.quality_personal import show_personal
from app.pages.quality_steps import Basket, open_version, show_cleaning, show_lineage
from app.pages.state import choose_log, home, parameter, set_parameter, workspace
from app.theme import NOTHING, count, duration, moment, plural, share, word
from core import CaseFilter, LogVersion, Selection, View, Workspace, fold_selection
from ingest import ColumnFacts, QualityFinding, QualityReport, Severity, quality_report, quality_rules

_SHOWN = "finding"  # in the URL: which finding is open


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
    left, right = st.columns([8, 7], gap="medium")
    with left:
        chosen = _list(report)
    with right, st.container(border=True, key="finding"):
        if chosen is None:
            st.markdown(f"{badge_text('passed')} **No rule found anything**")
            st.caption(f"{plural(len(report.clear), 'rule')} looked at every activity instance and every case.")
        else:
            _one(ws, chosen, basket)
    _below(ws, log, report, basket)


def _below(ws: Workspace, log: LogVersion, report: QualityReport, basket: Basket) -> None:
    """What follows from the findings: cleaning, withheld results, personal data, where the version comes from."""
    cleaning, held, personal, lineage, columns, rules = st.tabs(
        [
            f"Cleaning ({len(basket.steps)})",
            f"Withheld results ({len(report.withheld)})",
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


def _list(report: QualityReport) -> QualityFinding | None:
    """The findings as a table, the gravest first; the one that the URL names, or that is selected."""
    if not report.findings:
        return None
    rows = [
        {
            "How grave": str(word(f.severity)),
            "Finding": _title(f),
            "Count": f.count,
            "Share": f.share,
            "In doubt": ", ".join(f.doubts),
        }
        for f in report.findings
    ]
    columns = {
        "How grave": st.column_config.TextColumn(width=88),
        "Finding": st.column_config.TextColumn(width=205),
        "Count": st.column_config.NumberColumn(width=66, help="How many there are."),
        "Share": st.column_config.NumberColumn(width=62, help="Of what stands beside the finding at the right."),
        "In doubt": st.column_config.TextColumn(width=220, help="Which results it puts in doubt."),
    }
    formats = {"Share": share, "Count": count}
    picked = table(
        rows, key="findings", alt="Findings", select=True, columns=columns, formats=formats, height=460
    )  # fmt: skip
    if picked is not None:
        set_parameter(_SHOWN, _name(report.findings[picked]))
    named = parameter(_SHOWN)
    return next((f for f in report.findings if _name(f) == named), report.findings[0])


def _one(ws: Workspace, finding: QualityFinding, basket: Basket) -> None:
    st.markdown(f"{badge_text(finding.severity)} **{textual(_title(finding))}**")
    st.markdown(f"**{count(finding.count)}** of {count(finding.total)} {finding.of}, {share(finding.share)}")
    st.caption(textual(finding.why))
    facts({"In doubt": ", ".join(finding.doubts), "What to do": textual(finding.advice)})
    for number, step in enumerate(finding.steps):
        basket.offer(step, f"finding-{number}")
    rows = [
        {
            "Case": example.case_id or NOTHING,
            "Activity": example.activity or NOTHING,
            "When": moment(example.moment),
            "What": example.value or NOTHING,
        }
        for example in finding.examples
    ]
    if all(example.case_id is None for example in finding.examples):
        rows = [{"What": example.value} for example in finding.examples]
    table(rows, key=f"examples-{_name(finding)}", alt="Examples")
    cases = tuple(dict.fromkeys(e.case_id for e in finding.examples if e.case_id))
    if cases:
        selection = fold_selection(ws, Selection((CaseFilter(cases=cases),)))
        label = "Open this case" if len(cases) == 1 else f"Open these {len(cases)} cases"
        version = f"v{basket.log.version}"
        link("cases", label, icon=":material/arrow_forward:", log=basket.log.log, version=version, f=selection)


def _withheld(report: QualityReport) -> None:
    if not report.withheld:
        st.caption("The log can carry every result.")
        return
    st.caption("What the log cannot carry is not shown on any page: a dash and the reason stand in its place.")
    rows = [
        {
            "Result": result.value.capitalize() if result.value[0].islower() else result.value,
            "Withheld": f"below {duration(why.below)}" if why.below else "altogether",
            "Why": why.reason,
        }
        for result, why in report.withheld.items()
    ]
    table(rows, key="withheld", alt="Withheld results", columns={"Why": st.column_config.TextColumn(width="large")})


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
    table(rows, key="columns", alt="Columns of the log", formats={"Filled": share, "Missing": count}, height=330)


def _rules(report: QualityReport) -> None:
    section(f"{plural(len(report.clear), 'rule')} found nothing")
    found = {f.code for f in report.findings}
    rows = [
        {
            "Found": "yes" if rule.code in found else "no",
            "Rule": rule.title,
            "What is counted, and why": rule.why,
            "How grave": str(word(rule.severity)),
        }
        for rule in sorted(quality_rules(), key=lambda rule: (rule.code in found, rule.title))
    ]
    wide = {"What is counted, and why": st.column_config.TextColumn(width="large")}
    table(rows, key="rules", alt="Rules of the quality report", columns=wide, height=330)


def _title(finding: QualityFinding) -> str:
    return f"{finding.title}: {finding.subject}" if finding.subject else finding.title


def _name(finding: QualityFinding) -> str:
    return f"{finding.code}.{finding.subject}" if finding.subject else finding.code


@st.cache_data(show_spinner="Looking through the event log", max_entries=32)
def _report(_ws: Workspace, _home: str, log: LogVersion) -> QualityReport:
    return quality_report(_ws, View(log.log, log.version))
