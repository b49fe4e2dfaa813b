"""The findings on the quality page: one row a kind, each a link, and beside them the one that is open."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from app.pages.parts import badge_text, facts, link, table
from app.pages.quality.steps import Basket
from app.pages.state import parameter
from app.pages.text import literal, textual
from app.theme import NOTHING, count, moment, plural, share, word
from core.selection.filters import CaseFilter
from core.selection.kept import fold as fold_selection
from core.selection.selection import Selection
from core.workspace import Workspace
from ingest import Example, FindingPlace, QualityFinding, QualityReport, Severity

_OPEN = "finding"  # in the URL: which finding is open
_FEW = 2  # columns that a row names, the worst first
_HEIGHT = 560  # of the list, from which on it scrolls
_ROWS = 14  # that fit into it


def show_findings(ws: Workspace, report: QualityReport, basket: Basket) -> None:
    """The findings of `report`, the gravest first, and the one that the URL names; by default the first."""
    left, right = st.columns(2, gap="medium")
    named = parameter(_OPEN)
    chosen = next((f for f in report.findings if f.code == named), report.findings[0])
    with left:
        scrolls = len(report.findings) > _ROWS
        with st.container(height=_HEIGHT if scrolls else "content", border=False, gap="small", key="findings"):
            for severity in Severity:
                _of_one_severity(severity, [f for f in report.findings if f.severity is severity], chosen, basket)
    with right, st.container(border=True, key="finding"):
        _one(ws, chosen, basket)


def _of_one_severity(
    severity: Severity, findings: list[QualityFinding], chosen: QualityFinding, basket: Basket
) -> None:
    if not findings:
        return
    with st.container(gap=None):
        st.markdown(f"{badge_text(severity)} :small[{_MEANS[severity]}]")
        for finding in findings:
            is_open = finding is chosen
            with st.container(key=f"row-{'open' if is_open else 'of'}-{finding.code}"):
                _row(finding, is_open, basket)


def _row(finding: QualityFinding, is_open: bool, basket: Basket) -> None:
    """One kind of finding as a link that opens it, with the share of the log that its worst place touches."""
    name, far = st.columns([6, 1], gap=None, vertical_alignment="center")
    title = textual(_titled(finding))
    with name:
        link(
            "quality", f"**{title}**" if is_open else title, icon=":material/chevron_right:", log=basket.log.log,
            version=f"v{basket.log.version}", **{_OPEN: finding.code},
        )  # fmt: skip
    far.markdown(share(finding.worst.touched), text_alignment="right")


_MEANS = {
    Severity.SERIOUS: "do not use the figures in doubt before it is mended",
    Severity.WARNING: "read the figures in doubt with it in mind",
    Severity.NOTE: "worth knowing; no figure moves by it",
}


def _titled(finding: QualityFinding) -> str:
    columns = finding.columns
    more = f" and {len(columns) - _FEW} more" if len(columns) > _FEW else ""
    return f"{finding.title}: {', '.join(columns[:_FEW])}{more}" if columns else finding.title


def _one(ws: Workspace, finding: QualityFinding, basket: Basket) -> None:
    """All of one finding: what is counted, what it puts in doubt, what can be done, where it was found."""
    st.markdown(f"{badge_text(finding.severity)} **{textual(finding.title)}**")
    st.caption(textual(finding.why))
    place = _columns(finding) if len(finding.places) > 1 else finding.worst
    where = f"In {textual(place.column)}: " if place.column else ""
    on = f", on {share(place.touched)} of the activity instances" if place.touched != place.share else ""
    st.markdown(
        f"{where}**{count(place.count)}** of {count(place.total)} {literal(finding.of)}, {share(place.share)}{on}"
    )
    facts({"In doubt": ", ".join(place.doubts), "What to do": finding.advice})
    for number, offered in enumerate(place.offers):
        basket.offer(offered, f"finding-{number}")
    if place.not_offered:
        st.caption(textual(place.not_offered))
    _examples(ws, finding, place, basket)


def _columns(finding: QualityFinding) -> FindingPlace:
    """The columns that a finding was made in, the worst first; the one that is chosen, by default the worst."""
    rows = [
        {"Column": place.column, "How grave": str(word(place.severity)), "Count": place.count, "Share": place.share}
        for place in finding.places
    ]
    st.caption(f"Found in {plural(len(finding.places), 'column')}; choose one to see its examples.")
    picked = table(
        rows, key=f"places-{finding.code}", alt="Columns", select=True, within=180,
        formats={"Share": share, "Count": count},
    )  # fmt: skip
    return finding.places[picked or 0]


def _examples(ws: Workspace, finding: QualityFinding, place: FindingPlace, basket: Basket) -> None:
    if not place.examples:
        return
    table(_rows(place.examples), key=f"examples-{finding.code}-{place.column}", alt="Examples")
    cases = tuple(dict.fromkeys(e.case_id for e in place.examples if e.case_id))
    if cases:
        selection = fold_selection(ws, Selection((CaseFilter(cases=cases),)))
        label = "Open this case" if len(cases) == 1 else f"Open these {len(cases)} cases"
        version = f"v{basket.log.version}"
        link("cases", label, icon=":material/arrow_forward:", log=basket.log.log, version=version, f=selection)


def _rows(examples: Iterable[Example]) -> list[dict[str, str]]:
    """The examples as rows, without columns that none of them fills."""
    rows = [
        {
            "Case": example.case_id or NOTHING,
            "Activity": example.activity or NOTHING,
            "When": moment(example.moment),
            "What": example.value or NOTHING,
        }
        for example in examples
    ]
    filled = [name for name in ("Case", "Activity", "When", "What") if any(row[name] != NOTHING for row in rows)]
    return [{name: row[name] for name in filled} for row in rows]
