"""All pilots, or those that filters leave: a click opens one, several are marked to be changed at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from app.pages.parts import PickedRows, empty, fresh, marking_table
from app.pages.pilots.address import go
from app.pages.pilots.bulk import change_marked
from app.pages.pilots.found import PilotFindings
from app.pages.text import literal
from app.theme import NOTHING, count, money, plural
from core.workspace import Workspace
from inventory import Pilot, PilotFilter, Status, fitting

_STATUS, _DEPARTMENT, _OWNER, _TEXT = "status", "department", "ownerless", "search"  # names in the address
_UNKNOWN = "not known"
_FILTERS = (_STATUS, _DEPARTMENT, _OWNER, _TEXT)


def listing(ws: Workspace, found: PilotFindings) -> None:
    """A row for every pilot that the filters leave."""
    pilots = fitting(found.pilots, _wanted(found))
    if not pilots:
        empty("No pilot fits these filters", f"There are {count(len(found.pilots))} pilots. Take a filter out.")
        st.button("Take all filters out", key="no-filters", icon=":material/filter_alt_off:", on_click=_clear)
        return
    key = fresh("pilots")  # after a change nothing is marked
    bar = st.container(horizontal=True, vertical_alignment="center", key="marked-bar")
    picked: PickedRows = marking_table(
        [_row(p, found, _one_currency(pilots)) for p in pilots], key=key, alt="Pilots", within=330,
        formats=dict.fromkeys(_amounts(_one_currency(pilots)), money),
    )  # fmt: skip
    if picked.opened is not None:
        go(pilot=pilots[picked.opened].id)
        st.rerun()
    with bar:
        some = "" if len(pilots) == len(found.pilots) else f" of {count(len(found.pilots))}"
        marked = tuple(pilots[row] for row in picked.marked)
        if marked:
            change_marked(ws, found, marked)
        else:
            st.caption(
                f"{count(len(pilots))}{some} pilots. A click on a row opens it; mark several at the left to change "
                "them at once."
                if len(found.pilots) > 1
                else f"{plural(len(pilots), 'pilot')}. A click on its row opens it."
            )


def _wanted(found: PilotFindings) -> PilotFilter:
    """The filters as they stand in the address."""
    departments = sorted({p.facts.department for p in found.pilots}, key=str.casefold)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="pilot-filters"):
        text = st.text_input(
            "Name or purpose", key=_TEXT, bind="query-params", placeholder="search", width=230, icon=":material/search:"
        )
        department = st.selectbox(
            "Department", departments, index=None, key=_DEPARTMENT, bind="query-params", placeholder="all", width=220
        )
        stages = [*(status.value for status in Status), _UNKNOWN]
        stage = st.selectbox(
            "Status", stages, index=None, key=_STATUS, bind="query-params", placeholder="all", width=160
        )
        missing = st.checkbox("Owner missing", key=_OWNER, bind="query-params")
    without = [*(["status"] if stage == _UNKNOWN else []), *(["owner"] if missing else [])]
    known = Status(stage) if stage and stage != _UNKNOWN else None
    return PilotFilter(department=department, status=known, text=text or None, without=without)


def _clear() -> None:
    for name in _FILTERS:
        st.session_state.pop(name, None)
        st.query_params.pop(name, None)


def _row(pilot: Pilot, found: PilotFindings, currency: str | None) -> dict[str, object]:
    facts = pilot.facts
    cost, benefit = _amounts(currency)
    return {
        "Pilot": facts.name,
        "Department": facts.department,
        "Status": facts.status.value if facts.status else NOTHING,
        "Owner": facts.owner or NOTHING,
        "Risks": _risks(found)[pilot.id],
        "Activities": ", ".join(facts.activities) or NOTHING,
        "Systems": ", ".join(facts.systems) or NOTHING,
        "Data": facts.data_sensitivity.value if facts.data_sensitivity else NOTHING,
        cost: facts.monthly_cost,
        benefit: facts.monthly_benefit,
        **({} if currency else {"Currency": facts.currency or NOTHING}),
    }


def _risks(found: PilotFindings) -> Counter[int]:
    return Counter(r.pilot for r in found.open_risks)


def _one_currency(pilots: Sequence[Pilot]) -> str | None:
    """The currency of all amounts; None where there are several."""
    known = {p.facts.currency or "" for p in pilots if p.facts.monthly_cost or p.facts.monthly_benefit}
    return known.pop() if len(known) == 1 else None


def _amounts(currency: str | None) -> tuple[str, str]:
    """The headings of cost and benefit."""
    unit = f", {currency}" if currency else ""
    return literal(f"Cost a month{unit}"), literal(f"Claimed benefit{unit}")
