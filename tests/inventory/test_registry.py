"""The registry of pilots: added, changed by one and by many, every revision kept, exported and imported as it was."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.actor.values import local
from core.errors import BadInput, NotFound
from core.workspace import Workspace
from governance import add_person, audit_records
from ingest.meaning.missing import means_missing
from inventory import (
    COLUMNS,
    BenefitEvidence,
    CostPeriod,
    ExportForm,
    PilotFacts,
    PilotFilter,
    RevisionWay,
    RiskTier,
    Sensitivity,
    SheetReading,
    Status,
    add_pilot,
    edit_pilot,
    edit_pilots,
    export_pilots,
    filter_pilots,
    forget_layout,
    get_pilot,
    history,
    import_pilots,
    list_layouts,
    list_pilots,
    plain_facts,
    plan_import,
    template,
)
from inventory.identity import digest
from inventory.labels import key
from inventory.plain_facts import differences, facts_of
from inventory.tables import pilot_import, pilot_revision
from tests.inventory.sheets import imported, pilot, write

ADA = local("Ada")
WHOLE: dict[str, object] = {
    "reference": "P-1", "name": "Reader", "department": "Finance", "owner": "Ada", "sponsor": "Grace",
    "status": "production", "purpose": "Reads invoices,\nthen posts them.", "workflow": "Invoice to pay",
    "activities": ["Check invoice, amount", "Post"], "actions": ["invoice.post"], "systems": "SAP S/4; Mail",
    "data": "invoices", "data_classes": "payroll; health", "data_sensitivity": "personal", "risk_tier": "high",
    "risk_drivers": "acts on money, at night; personal data", "vendor": "Acme", "model": "m", "model_version": "4.1",
    "platform": "Azure", "runtime": "http:https://agents.example/reader", "started": date(2025, 6, 1),
    "reviewed": "31.01.2026", "ended": "", "monthly_cost": "€ 1.250,50", "cost_period": "year",
    "monthly_benefit": 3000, "benefit_evidence": "measured", "users": "1'200", "monthly_runs": 50_000,
    "success_rate": "93 %", "human_review": True, "autonomy_level": 3, "approvals": "Works council, 3 March; DPO",
    "log_location": "s3://logs/reader", "exit_plan": "Clerks take over.", "links": "https://wiki.example/reader",
}  # fmt: skip
FACTS = PilotFacts(
    name="Reader", department="Finance", reference="P-1", owner="Ada", sponsor="Grace", status=Status.PRODUCTION,
    purpose="Reads invoices,\nthen posts them.", activities=("Check invoice, amount", "Post"),
    systems=("SAP S/4", "Mail"), data=("invoices",), data_sensitivity=Sensitivity.PERSONAL, vendor="Acme", model="m",
    started=date(2025, 6, 1), monthly_cost=1250.5, currency="EUR", monthly_benefit=3000.0, users=1200,
    human_review=True, autonomy_level=3, workflow="Invoice to pay", actions=("invoice.post",),
    data_classes=("payroll", "health"), model_version="4.1", platform="Azure",
    runtime="http:https://agents.example/reader", risk_tier=RiskTier.HIGH,
    risk_drivers=("acts on money, at night", "personal data"), monthly_runs=50_000, success_rate=0.93,
    cost_period=CostPeriod.YEAR, benefit_evidence=BenefitEvidence.MEASURED, reviewed=date(2026, 1, 31), ended=None,
    approvals=("Works council, 3 March", "DPO"), log_location="s3://logs/reader", exit_plan="Clerks take over.",
    links=("https://wiki.example/reader",),
)  # fmt: skip


def test_a_pilot_is_added_with_everything_that_is_kept(any_ws: Workspace) -> None:
    added = add_pilot(any_ws, WHOLE, reason="found in the wild", by=ADA)
    assert (added.facts, added.revision) == (FACTS, 1)
    assert list_pilots(any_ws) == (added,)
    (first,) = history(any_ws, "P-1")
    assert (first.number, first.way, first.by_name, first.file, first.reason, first.facts) == (
        1, RevisionWay.ADD, "Ada", None, "found in the wild", FACTS
    )  # fmt: skip
    assert {c.column for c in first.changes} == (set(WHOLE) | {"currency"}) - {"ended"}
    record = audit_records(any_ws, limit=1)[0]
    assert (record.action, record.resource_id) == ("pilots.add", str(added.id))
    assert record.payload is not None
    assert record.payload["changes"]["owner"] == [None, "Ada"]


def test_every_problem_of_an_added_pilot_at_once(ws: Workspace) -> None:
    with pytest.raises(BadInput) as caught:
        add_pilot(ws, {"name": "", "users": "many", "status": "asleep", "monthly_cost": "5"}, by=ADA)
    assert caught.value.problems == (
        "Column `status`: `asleep` is not one of `idea`, `pilot`, `production`, `paused`, `stopped`.",
        "Column `users`: `many` is not a whole number from 0.",
        "Column `currency`: is empty; `monthly_cost` needs an ISO 4217 code such as `EUR`.",
        "Column `name`: is empty; every pilot needs one.",
        "Column `department`: is empty; every pilot needs one.",
    )
    with pytest.raises(NotFound, match="There is no column `colour`"):
        add_pilot(ws, {"name": "A", "department": "X", "colour": "red"}, by=ADA)
    assert list_pilots(ws) == ()


def test_two_pilots_can_be_told_apart(ws: Workspace) -> None:
    add_pilot(ws, {"name": "A", "department": "X", "reference": "P-1"}, by=ADA)
    with pytest.raises(BadInput, match="The reference `p-1` is that of the pilot `A`"):
        add_pilot(ws, {"name": "B", "department": "X", "reference": "p-1"}, by=ADA)
    with pytest.raises(BadInput, match="There is a pilot `A` in `X`"):
        add_pilot(ws, {"name": "a", "department": "x"}, by=ADA)
    add_pilot(ws, {"name": "A", "department": "X", "reference": "P-2"}, by=ADA)
    with pytest.raises(BadInput, match=r"Several pilots are called `A`: `#1` in X, `#2` in X"):
        edit_pilot(ws, "A", {"owner": "Ada"}, by=ADA)
    with pytest.raises(BadInput) as caught:
        edit_pilot(ws, "#2", {"reference": ""}, by=ADA)
    assert "Give each its own reference." in str(caught.value)
    assert [p.facts.reference for p in list_pilots(ws)] == ["P-1", "P-2"]


def test_an_edit_is_kept_with_who_when_and_what(any_ws: Workspace) -> None:
    add_pilot(any_ws, {"name": "A", "department": "X", "monthly_cost": "5 EUR", "systems": "SAP"}, by=ADA)
    bob = add_person(any_ws, "Bob", by=ADA)
    any_ws.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]
    done = edit_pilot(
        any_ws, "A", {"owner": "Bob", "systems": "SAP; Mail", "monthly_cost": None}, base=1, by=local("Bob")
    )
    assert [(c.column, c.before, c.after) for c in done.changes] == [
        ("owner", None, "Bob"), ("systems", ["SAP"], ["SAP", "Mail"]), ("monthly_cost", 5.0, None),
    ]  # fmt: skip
    assert (done.revision, get_pilot(any_ws, "A").revision, get_pilot(any_ws, "A").updated_by) == (2, 2, bob.id)
    second, first = history(any_ws, "#1")
    assert (second.way, second.by_name, second.changes) == (RevisionWay.EDIT, "Bob", done.changes)
    assert second.at - first.at == timedelta(days=1)
    with pytest.raises(BadInput, match="is at revision 2, and the change was made upon 1"):
        edit_pilot(any_ws, "A", {"owner": "Eve"}, base=1, by=ADA)
    before = len(audit_records(any_ws, limit=100))
    assert edit_pilot(any_ws, "A", {"owner": " Bob "}, by=ADA).changes == ()
    assert (len(history(any_ws, "A")), len(audit_records(any_ws, limit=100))) == (2, before)


def test_amounts_keep_one_currency(ws: Workspace, tmp_path: Path) -> None:
    add_pilot(ws, {"name": "A", "department": "X", "monthly_cost": "5 EUR", "monthly_benefit": "7"}, by=ADA)
    with pytest.raises(BadInput) as caught:
        edit_pilot(ws, "A", {"monthly_cost": "5 USD"}, by=ADA)
    assert "`monthly_cost` is given in USD, but `monthly_benefit` is known in EUR" in str(caught.value)
    assert edit_pilot(ws, "A", {"monthly_cost": "6"}, by=ADA).changes[0].after == 6.0
    assert edit_pilot(ws, "A", {"currency": "USD"}, by=ADA).changes[0].after == "USD"  # it was the wrong one
    with pytest.raises(BadInput, match="is known in USD"):
        imported(ws, tmp_path, "name,department,cost\nA,X,€ 9\n")
    with pytest.raises(BadInput, match="`monthly_cost` needs an ISO 4217 code"):
        edit_pilot(ws, "A", {"currency": None}, by=ADA)
    with pytest.raises(BadInput, match="is before it started"):
        edit_pilot(ws, "A", {"started": "2026-02-01", "ended": "2026-01-01"}, by=ADA)


def test_many_are_changed_or_none(any_ws: Workspace) -> None:
    for name, unit in (("A", "X"), ("B", "X"), ("A", "Y")):
        add_pilot(any_ws, {"name": name, "department": unit}, by=ADA)
    with pytest.raises(BadInput) as caught:
        edit_pilots(any_ws, ["#1", "C", "D"], {"owner": "Ada"}, by=ADA)
    assert [p.split(".")[0] for p in caught.value.problems] == ["There is no pilot `C`", "There is no pilot `D`"]
    with pytest.raises(BadInput) as caught:
        edit_pilots(any_ws, ["#1", "B"], {"users": "x", "status": "y"}, by=ADA)
    assert [p.split("`")[1] for p in caught.value.problems] == ["A", "A", "B", "B"]
    with pytest.raises(BadInput, match="Give each its own reference"):
        edit_pilots(any_ws, ["#1", "#3"], {"department": "Z"}, by=ADA)  # both would be A in Z
    with pytest.raises(BadInput, match="Give each its own reference"):
        edit_pilots(any_ws, ["B", "#3"], {"name": "A", "department": "X"}, by=ADA)
    assert all(p.revision == 1 for p in list_pilots(any_ws))
    done = edit_pilots(any_ws, ["#1", "B", "b"], {"owner": "Ada"}, reason="moved", by=ADA)
    assert [(c.pilot, c.revision) for c in done] == [(1, 2), (2, 2)]
    assert history(any_ws, "B")[0].way is history(any_ws, 2)[0].way is RevisionWay.BULK
    with pytest.raises(NotFound, match="There is no pilot `#9`"):
        history(any_ws, 9)
    record = audit_records(any_ws, limit=1)[0]
    assert (record.action, record.resource_id) == ("pilots.edit_many", "3 pilots")
    with pytest.raises(BadInput, match="No pilot was named"):
        edit_pilots(any_ws, [], {"owner": "Ada"}, by=ADA)


def test_filters(ws: Workspace) -> None:
    add_pilot(ws, WHOLE | {"monthly_cost": "1 EUR"}, by=ADA)
    add_pilot(ws, {"name": "Bot", "department": "Sales", "purpose": "answers questions"}, by=ADA)

    def names(**wanted: Any) -> list[str]:
        return [p.facts.name for p in filter_pilots(ws, PilotFilter(**wanted))]

    assert names() == ["Reader", "Bot"]
    assert names(department="FINANCE") == names(status=Status.PRODUCTION) == names(system="mail") == ["Reader"]
    assert names(risk_tier=RiskTier.HIGH) == names(owner="ada") == names(vendor="acme") == ["Reader"]
    assert names(activity="post", text="invoices") == ["Reader"]
    assert names(text="answers") == names(without=("owner", "systems")) == ["Bot"]
    assert names(department="Legal") == []
    with pytest.raises(NotFound, match="There is no column `colour`"):
        names(without=("colour",))


def test_what_was_changed_by_hand_is_not_overwritten_unasked(any_ws: Workspace, tmp_path: Path) -> None:
    first = "name,department,owner,vendor\nA,X,Ada,Acme\nB,X,Bob,\n"
    imported(any_ws, tmp_path, first)
    edit_pilot(any_ws, "A", {"owner": "Eve"}, by=ADA)
    newer = first.replace("Acme", "Other")
    path = write(tmp_path, newer, "newer.csv")
    plan = plan_import(any_ws, path)
    assert [(c.row, c.column, c.value) for c in plan.conflicts] == [(2, "owner", "`Ada`")]
    assert "the sheet says `Ada` of `A`, but it was changed by hand to `Eve`" in plan.conflicts[0].text
    with pytest.raises(BadInput, match="`--conflicts sheet` or `--conflicts registry`"):
        import_pilots(any_ws, path, by=ADA)
    with pytest.raises(BadInput) as caught:  # what is wrong with the sheet and with what is stored, at once
        import_pilots(any_ws, write(tmp_path, newer + "C,,Ada,\n", "worse.csv"), by=ADA)
    assert [p.split(",")[0] for p in caught.value.problems] == ["Row 4", "Row 2"]
    kept = plan_import(any_ws, path, SheetReading(conflicts="registry"))
    assert [c.column for c in kept.changed[0].changes] == ["vendor"]
    taken = plan_import(any_ws, path, SheetReading(conflicts="sheet"))
    assert [c.column for c in taken.changed[0].changes] == ["owner", "vendor"]
    assert get_pilot(any_ws, "A").facts.vendor == "Acme"
    import_pilots(any_ws, path, SheetReading(conflicts="sheet"), by=ADA)
    assert get_pilot(any_ws, "A").facts.owner == "Ada"
    assert plan_import(any_ws, write(tmp_path, first, "old.csv")).conflicts == ()  # imports do not conflict
    with pytest.raises(BadInput, match="cannot win a conflict"):
        plan_import(any_ws, path, SheetReading(conflicts="nobody"))


def test_a_layout_is_kept_and_used_for_the_same_headings(any_ws: Workspace, tmp_path: Path) -> None:
    sheet = "What;Dept;Boss;cost\n{};X;Ada;1.234\n"
    said = SheetReading(columns={"name": "What", "owner": "Boss"}, decimal="comma", currency="EUR")
    done = import_pilots(any_ws, write(tmp_path, sheet.format("A")), said, keep="Our list", by=ADA)
    assert done.layout == "Our list"
    again = import_pilots(any_ws, write(tmp_path, sheet.format("B")), by=ADA)
    assert (again.added, again.layout) == (("B",), "Our list")
    assert any("Read by the layout `Our list`" in note for note in again.notes)
    assert get_pilot(any_ws, "B").facts.monthly_cost == 1234
    third = write(tmp_path, sheet.format("C"))
    assert plan_import(any_ws, third, SheetReading(layout="")).problems
    (added,) = plan_import(any_ws, third, SheetReading(layout="Our list", currency="CHF")).added
    assert added.changes[-1].after == "CHF"
    with pytest.raises(NotFound, match=r"There is no layout `Other`\. Known: `Our list`"):
        plan_import(any_ws, third, SheetReading(layout="Other"))
    with pytest.raises(BadInput, match="cannot name a layout"):
        import_pilots(any_ws, third, said, keep="../x", by=ADA)
    (layout,) = list_layouts(any_ws)
    assert layout.reading == said
    forget_layout(any_ws, "Our list", by=ADA)
    assert list_layouts(any_ws) == ()
    with pytest.raises(NotFound):
        forget_layout(any_ws, "Our list", by=ADA)


def test_a_column_that_is_empty_throughout_says_nothing(ws: Workspace, tmp_path: Path) -> None:
    add_pilot(ws, {"name": "A", "department": "X", "owner": "Ada", "users": 3}, by=ADA)
    add_pilot(ws, {"name": "B", "department": "X", "owner": "Bob"}, by=ADA)
    filled = template() + b",A,X,,Grace" + b"," * (len(COLUMNS) - 5)
    plan = plan_import(ws, write(tmp_path, filled, "filled.csv"))
    assert [c.column for c in plan.changed[0].changes] == ["sponsor"]
    plan = plan_import(ws, write(tmp_path, "name,department,owner\nA,X,\nB,X,Bob\n", "some.csv"))
    assert [(c.row, c.column, c.value) for c in plan.conflicts] == [(2, "owner", "nothing")]
    plan = plan_import(ws, write(tmp_path, '[{"name": "A", "department": "X", "owner": null}]', "some.json"))
    assert plan.conflicts  # there it is said in so many words


def test_a_refused_import_stores_nothing_at_all(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        import_pilots(ws, write(tmp_path, "name,dept,users\nA,X,1\nB,X,many\n"), keep="L", by=ADA)
    with ws.database.read() as connection:
        for table in (pilot_import, pilot_revision):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == 0
    assert list_layouts(ws) == ()


def test_facts_as_plain_values_are_the_facts_again() -> None:
    assert facts_of(plain_facts(FACTS)) == FACTS
    assert differences(FACTS, FACTS) == ()
    assert [c.name for c in COLUMNS if c.name not in plain_facts(FACTS)] == ["ended"]


def test_the_digest_of_what_an_earlier_release_stored_is_as_it_was() -> None:
    """It was taken of the twenty facts that 0.2.0 knew."""
    facts = PilotFacts(name="A", department="X", owner="Ada", activities=("Pay",))
    assert digest(facts) == "f4e8ae3018c0464e62d4eb54a7bb0d009139fa46d84c455cb3a61ffdfdf57cf1"


def test_the_template_is_read_and_has_no_pilots(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="has a header and no pilots below it"):
        plan_import(ws, write(tmp_path, template(), "template.csv"))
    filled = template() + ",".join(["P-1", "A", "X"] + [""] * (len(COLUMNS) - 3)).encode()
    plan = plan_import(ws, write(tmp_path, filled, "template.csv"))
    assert (plan.header_row, plan.problems, len(plan.added)) == (2, (), 1)
    assert all(m.confidence == 1 for m in plan.mapping)


words = (
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters=";•|"), min_size=1, max_size=12)
    .map(lambda t: " ".join(t.split()).removeprefix("- ").strip())
    .filter(lambda t: any(c.isalpha() for c in t) and not means_missing(t) and t == " ".join(t.split()))
)
maybe = st.none() | words
names = st.lists(words, max_size=3, unique_by=key).map(tuple)
money = st.none() | st.integers(0, 10**12).map(lambda n: n / 1000)
days = st.none() | st.dates(date(1900, 1, 1), date(2199, 12, 31))
counts = st.none() | st.integers(0, 10**11)


@st.composite
def whole_facts(draw: st.DrawFn) -> PilotFacts:
    drawn: dict[str, Any] = {"name": draw(words), "department": draw(words)}
    for column in ("owner", "sponsor", "vendor", "model", "workflow", "model_version", "platform", "runtime"):
        drawn[column] = draw(maybe)
    for column in ("activities", "systems", "data", "actions", "data_classes", "risk_drivers", "approvals"):
        drawn[column] = draw(names)
    for column, kind in (
        ("status", Status), ("data_sensitivity", Sensitivity), ("risk_tier", RiskTier), ("cost_period", CostPeriod),
        ("benefit_evidence", BenefitEvidence),
    ):  # fmt: skip
        drawn[column] = draw(st.none() | st.sampled_from(kind))
    drawn |= {"monthly_cost": draw(money), "monthly_benefit": draw(money), "currency": "EUR"}
    drawn |= {"users": draw(counts), "monthly_runs": draw(counts), "human_review": draw(st.none() | st.booleans())}
    drawn |= {"success_rate": draw(st.none() | st.integers(0, 10**6).map(lambda n: n / 10**6))}
    drawn |= {"autonomy_level": draw(st.none() | st.integers(1, 4)), "started": draw(days), "reviewed": draw(days)}
    drawn |= {"purpose": draw(st.none() | st.lists(words, min_size=1, max_size=3).map("\n".join))}
    drawn |= {"exit_plan": draw(maybe), "log_location": draw(maybe), "reference": draw(words)}
    drawn |= {"links": draw(st.lists(st.sampled_from(["https://a.example/b,c", "wiki/page"]), unique=True).map(tuple))}
    return PilotFacts(**drawn)


@settings(
    max_examples=30,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(whole_facts(), min_size=1, max_size=3, unique_by=lambda f: key(f.reference or "")),
    st.sampled_from(ExportForm),
)
def test_an_export_is_imported_as_it_was(
    ws: Workspace, tmp_path: Path, drawn: list[PilotFacts], form: ExportForm
) -> None:
    from inventory.planning import read_sheet

    pilots = [pilot(n, **(plain_of(facts))) for n, facts in enumerate(drawn)]
    path = write(tmp_path, export_pilots(pilots, form), f"export.{form}")
    found = read_sheet(ws, path, SheetReading())
    assert found.problems == ()
    assert [row.facts for row in found.rows] == drawn


def plain_of(facts: PilotFacts) -> dict[str, Any]:
    return {c.name: getattr(facts, c.name) for c in COLUMNS}


@pytest.mark.parametrize("form", ExportForm)
def test_a_whole_inventory_is_unchanged_by_its_own_export(any_ws: Workspace, tmp_path: Path, form: ExportForm) -> None:
    imported(any_ws, tmp_path, (Path(__file__).parents[2] / "data" / "samples" / "pilots.csv").read_text("utf-8"))
    add_pilot(any_ws, WHOLE | {"reference": "=1+1"}, by=ADA)
    plan = plan_import(any_ws, write(tmp_path, export_pilots(list_pilots(any_ws), form), f"e.{form}"))
    assert (len(plan.unchanged), plan.added, plan.changed, plan.problems, plan.conflicts) == (25, (), (), (), ())
