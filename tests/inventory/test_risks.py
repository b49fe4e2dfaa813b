"""Rules in files, their conditions, what breaks them, and findings that are muted for a time."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.actor.values import local
from core.clock import FixedClock
from core.errors import BadInput, NotFound
from core.workspace import Workspace
from governance import audit_records
from inventory import (
    OWN_RULES,
    RiskSeverity,
    RiskTier,
    Sensitivity,
    Status,
    edit_pilot,
    mute_risk,
    risks,
    rules_of,
    unmute_risk,
)
from inventory.columns import COLUMNS
from inventory.reference import reference
from inventory.risk.conditions import Condition, holds, read_condition
from inventory.risk.finding import find_risks
from inventory.risk.reading import read_rules, shipped_rules
from inventory.risk.wording import WordPattern, folded
from tests.inventory.sheets import imported, pilot

TODAY = date(2026, 1, 5)
ADA = local("Ada")
SOUND: dict[str, Any] = {
    "owner": "Ada", "sponsor": "Grace", "status": Status.PRODUCTION, "activities": ("Pay",), "systems": ("SAP",),
    "data_sensitivity": Sensitivity.PERSONAL, "vendor": "Acme", "monthly_cost": 1.0, "monthly_benefit": 2.0,
    "currency": "EUR", "human_review": True, "autonomy_level": 4, "exit_plan": "People do it again.",
}  # fmt: skip


def broken(**facts: Any) -> dict[str, str]:
    """The rules that a pilot breaks which states everything but `facts`, each with its finding."""
    return {r.rule: r.finding for r in find_risks([pilot(1, **{**SOUND, **facts})], shipped_rules(), TODAY)}


def test_a_pilot_that_states_everything_breaks_no_rule() -> None:
    assert broken() == {}


BREAKING: dict[str, dict[str, Any]] = {  # the least that breaks each rule
    "prohibited_tier": {"risk_tier": RiskTier.PROHIBITED},
    "prohibited_practice": {"purpose": "Emotionserkennung im Callcenter"},
    "high_risk_employment": {"purpose": "Trie les candidatures"},
    "high_risk_services": {"purpose": "Prüft die Bonität"},
    "high_risk_education": {"purpose": "Exam grading"},
    "high_risk_biometrics": {"data": ("Biometric templates",)},
    "high_risk_infrastructure": {"purpose": "Wasserversorgung steuern"},
    "high_risk_state": {"purpose": "Solicitudes de asilo"},
    "high_risk_without_review": {"risk_tier": RiskTier.HIGH, "human_review": False},
    "high_risk_without_logs": {"risk_tier": RiskTier.HIGH},
    "high_risk_without_approval": {"risk_tier": RiskTier.HIGH},
    "special_data_acts_alone": {"data": ("Krankmeldungen",), "human_review": None},
    "personal_data_without_review": {"human_review": None},
    "personal_data_called_less": {"data_classes": ("payroll",), "data_sensitivity": Sensitivity.INTERNAL},
    "private_data_unclassified": {"data_classes": ("Gehälter",), "data_sensitivity": None},
    "sensitive_data_with_unknown_vendor": {"vendor": None},
    "production_without_sensitivity": {"data_sensitivity": None},
    "pays_alone": {"actions": ("invoice.pay",), "human_review": False},
    "acts_alone_without_review": {"human_review": False},
    "ended_and_live": {"ended": TODAY - timedelta(days=1)},
    "fails_often": {"success_rate": 0.79},
    "not_reviewed_for_a_year": {"reviewed": TODAY - timedelta(days=366)},
    "touches_nothing_known": {"activities": (), "systems": ()},
    "no_owner": {"owner": None},
    "pilot_without_end": {"status": Status.PILOT, "started": TODAY - timedelta(days=366)},
    "costs_more_than_it_claims": {"monthly_benefit": 0.5},
    "no_sponsor": {"sponsor": None},
    "production_without_cost": {"monthly_cost": None},
    "production_without_exit_plan": {"exit_plan": None},
}


def test_every_rule_that_comes_with_tandem_is_tried() -> None:
    assert set(BREAKING) == {rule.id for rule in shipped_rules()}


@pytest.mark.parametrize("rule", BREAKING)
def test_each_rule_is_broken_by_what_it_is_about(rule: str) -> None:
    found = broken(**BREAKING[rule])
    assert rule in found
    assert any(f"`{field}`" in found[rule] for field in BREAKING[rule])


@pytest.mark.parametrize(
    "facts",
    [
        {"ended": TODAY}, {"success_rate": 0.8}, {"reviewed": TODAY - timedelta(days=365)},
        {"status": Status.PILOT, "started": TODAY - timedelta(days=365)}, {"monthly_benefit": 1.0},
        {"purpose": "Triages IT tickets, checks the health of servers, reads insurance policies"},
        {"purpose": "Polices d'assurance automobile"}, {"actions": ("payment_terms.read",), "human_review": True},
        {"purpose": "Screens Bewerbungen", "risk_tier": RiskTier.HIGH, "log_location": "here", "approvals": ("Board",)},
    ],
)  # fmt: skip
def test_what_is_just_in_order_breaks_nothing(facts: dict[str, Any]) -> None:
    assert broken(**facts) == {}


@pytest.mark.parametrize(
    ("language", "purpose"),
    [
        ("en", "Ranks job applicants"), ("de", "Vorauswahl der Bewerber:innen"), ("fr", "Aide au recrutement"),
        ("es", "Selección de personal"), ("nl", "Sollicitanten beoordelen"), ("pt", "Seleção de candidatos"),
        ("it", "Selezione del personale"),
    ],
)  # fmt: skip
def test_a_purpose_is_read_in_seven_languages(language: str, purpose: str) -> None:
    assert "high_risk_employment" in broken(purpose=purpose), language


def test_a_finding_says_which_fields_made_it_and_what_to_do() -> None:
    (risk,) = find_risks([pilot(1, **SOUND | {"monthly_benefit": 0.5})], shipped_rules(), TODAY)
    assert risk.finding == (
        "It costs more than it claims to bring: `monthly_benefit` is 0.50 EUR, `monthly_cost` is 1.00 EUR."
    )
    assert [(f.field, f.value) for f in risk.fields] == [("monthly_benefit", 0.5), ("monthly_cost", 1.0)]
    assert (risk.severity, risk.todo) == (
        RiskSeverity.MEDIUM,
        "Ask what it is for beyond money. If nothing, retire it.",
    )
    assert broken(purpose="Bonität von Kunden")["high_risk_services"].endswith(
        "`purpose` says “bonitat”, `risk_tier` is not known."
    )
    old = broken(status=Status.PILOT, started=date(2024, 1, 5))["pilot_without_end"]
    assert old == (
        "It has been a pilot for more than a year: `status` is pilot, `started` is 2024-01-05, 731 days ago."
    )


def test_findings_come_worst_first_and_stopped_pilots_have_none() -> None:
    pilots = [
        pilot(1, **SOUND | {"name": "Beta", "owner": None}),
        pilot(2, **SOUND | {"name": "Alpha", "owner": None}),
        pilot(3, **SOUND | {"name": "Zeta", "owner": None, "sponsor": None}),
        pilot(4, **SOUND | {"name": "Gamma", "risk_tier": RiskTier.PROHIBITED}),
        pilot(5, status=Status.STOPPED, risk_tier=RiskTier.PROHIBITED),
    ]
    found = [(r.pilot_name, r.rule) for r in find_risks(pilots, shipped_rules(), TODAY)]
    assert found == [
        ("Gamma", "prohibited_tier"), ("Zeta", "no_owner"), ("Alpha", "no_owner"), ("Beta", "no_owner"),
        ("Zeta", "no_sponsor"),
    ]  # fmt: skip


def asked(said: Any) -> tuple[Condition | None, list[str]]:
    problems: list[str] = []
    return read_condition(said, {"pets": ["cat*", "dog"]}, problems), problems


OWNER, STATUS = {"field": "owner", "empty": True}, {"field": "status", "is": ["pilot", "production"]}


@pytest.mark.parametrize(
    ("said", "facts", "fields"),
    [
        (OWNER, {}, ["owner"]),
        (OWNER, {"owner": "Ada"}, None),
        (STATUS, {"status": Status.PILOT}, ["status"]),
        (STATUS, {"status": Status.IDEA}, None),
        (STATUS, {}, None),
        ({"field": "status", "not": "pilot"}, {}, ["status"]),
        ({"field": "status", "not": "pilot"}, {"status": Status.PILOT}, None),
        ({"field": "vendor", "is": "ACME inc"}, {"vendor": "Acme, Inc."}, ["vendor"]),
        ({"field": "human_review", "is": False}, {"human_review": False}, ["human_review"]),
        ({"field": "human_review", "is": False}, {}, None),
        ({"field": "users", "at_least": 10}, {"users": 10}, ["users"]),
        ({"field": "users", "at_least": 10}, {"users": 9}, None),
        ({"field": "users", "below": 10}, {}, None),
        ({"field": "monthly_cost", "below_field": "monthly_benefit"}, {"monthly_cost": 1.0}, None),
        ({"all": [OWNER, STATUS]}, {"status": Status.PILOT}, ["owner", "status"]),
        ({"all": [OWNER, STATUS]}, {}, None),
        ({"any": [OWNER, STATUS]}, {}, ["owner"]),
        ({"any": [OWNER, STATUS]}, {"owner": "Ada"}, None),
        ({"not": {"any": [OWNER, STATUS]}}, {"owner": "Ada"}, ["owner", "status"]),
        ({"field": ["name", "data"], "contains_any": ["@pets"]}, {"data": ("Cats", "Birds")}, ["data"]),
        ({"field": ["name", "data"], "contains_any": ["@pets"]}, {"data": ("Dogs", "Birds")}, None),
    ],
)  # fmt: skip
def test_conditions_hold_as_they_say(said: Any, facts: dict[str, Any], fields: list[str] | None) -> None:
    condition, problems = asked(said)
    assert problems == []
    assert condition is not None
    found = holds(condition, pilot(1, **facts).facts, TODAY)
    assert (None if found is None else [field for field, _ in found]) == fields


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("owner", "no condition"),
        ({}, "a condition has"),
        ({"all": [OWNER], "any": [OWNER]}, "a condition has"),
        ({"all": []}, "needs a list"),
        ({"field": "colour", "empty": True}, "no field `colour`"),
        ({"field": "owner"}, "a test of a field has one of"),
        ({"field": "owner", "empty": True, "is": "Ada"}, "a test of a field has one of"),
        ({"field": "owner", "run": "rm"}, "a test of a field has one of"),
        ({"field": "owner", "empty": "yes"}, "cannot be"),
        ({"field": "owner", "at_least": 3}, "cannot be asked of `owner`"),
        ({"field": ["owner", "vendor"], "empty": True}, "is asked of one field"),
        ({"field": "status", "is": "live"}, "never `live`"),
        ({"field": "human_review", "is": "yes"}, "never `yes`"),
        ({"field": "reviewed", "older_than_days": -1}, "cannot be"),
        ({"field": "users", "below": True}, "cannot be"),
        ({"field": "users", "below_field": "monthly_cost"}, "same kind"),
        ({"field": "purpose", "contains_any": []}, "needs a list of words"),
        ({"field": "purpose", "contains_any": ["@none"]}, "no word list"),
        ({"field": "purpose", "contains_any": ["(+)+$"]}, "no phrase"),
        ({"field": "purpose", "contains_any": ["x" * 81]}, "no phrase"),
    ],
)
def test_what_is_no_condition_is_refused_in_words(said: Any, why: str) -> None:
    condition, problems = asked(said)
    assert condition is None
    assert why in problems[0]


def test_conditions_nest_to_a_limit() -> None:
    said: Any = OWNER
    for _ in range(9):
        said = {"not": said}
    assert asked(said) == (None, ["nests more than 8 levels"])


@given(st.text(max_size=60), st.sampled_from(["gehalt*", "sick leave", "*lohn", "santé"]))
def test_words_are_found_whatever_case_and_accents(text: str, phrase: str) -> None:
    word = phrase.replace("*", "x")
    assert WordPattern((phrase,)).found((f"{text} {word.upper()}, {text}",)) != ()
    assert WordPattern((phrase,)).found((unicodedata.normalize("NFD", word),)) == (folded(word),)
    assert WordPattern((phrase,)).found((f"q{folded(word)}q",)) == () or phrase.startswith("*")


OWN = """
off = ["no_sponsor"]
[words.recruitment]
xx = ["zzkandidat*"]
[words.pets]
en = ["cat*"]
[[rule]]
id = "no_pets"
severity = "high"
text = "No pets."
wrong = "It has to do with pets."
do = "Ask why."
when = {field = "purpose", contains_any = ["@pets"]}
"""


def own(ws: Workspace, text: str, name: str = "own.toml") -> None:
    folder = ws.settings.home / OWN_RULES
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def test_an_organisation_adds_rules_and_words_and_switches_others_off(ws: Workspace, tmp_path: Path) -> None:
    imported(ws, tmp_path, "name,department,owner,purpose\nA,X,Ada,Counts cats\nB,X,Ada,ZZKandidaten wählen\n")
    assert {r.rule for r in risks(ws)} == {"no_sponsor"}
    own(ws, OWN)
    assert [(r.pilot_name, r.rule, r.severity) for r in risks(ws)] == [
        ("A", "no_pets", "high"), ("B", "high_risk_employment", "high"),
    ]  # fmt: skip
    assert rules_of(ws).off == ("no_sponsor",)
    assert rules_of(ws).rules[-1].file == f"{OWN_RULES}/own.toml"


def test_bad_rules_are_refused_with_every_problem(ws: Workspace, tmp_path: Path) -> None:
    imported(ws, tmp_path, "name,department\nA,X\n")
    rule = '[[rule]]\nid = "no_owner"\nseverity = "bad"\ntext = ""\nwrong = "W"\ndo = "D"\ncolour = "red"\n'
    own(ws, rule + 'when = {field = "colour", empty = true}\n', "a.toml")
    own(ws, "off = ['never']\nrules = 3\n[words]\npets = ['cat']\n", "b.toml")
    own(ws, "[[rule]\n", "c.toml")
    (ws.settings.home / OWN_RULES / "d.toml").write_bytes(b"\xff\xfe\xff")
    own(ws, '[[rule]]\nid = "no_owner"\nseverity = "low"\ntext = "T"\nwrong = "W"\ndo = "D"\n'
            'when = {field = "owner", empty = true}\n', "e.toml")  # fmt: skip
    with pytest.raises(BadInput, match="cannot be used") as refused:
        risks(ws)
    said = "\n".join(refused.value.problems)
    for each in (
        "a.toml: rule `no_owner`: `severity` is one of", "`text` needs a text", "`colour` means nothing",
        "there is no field `colour`", "b.toml: `off` names `never`", "b.toml: `rules` means nothing",
        "b.toml: `words.pets` needs lists", "c.toml: is no TOML", "d.toml: is not written in UTF-8",
        "e.toml: there is a rule `no_owner` in 50_ownership.toml already",
    ):  # fmt: skip
        assert each in said
    with pytest.raises(BadInput):
        mute_risk(ws, "A", "no_owner", reason="because", until=TODAY + timedelta(days=1), by=ADA)


def test_every_text_of_a_rule_must_be_there() -> None:
    problems: list[str] = []
    assert read_rules({"x.toml": "[[rule]]\nid = 'Bad Id'\n"}, problems) == ((), ())
    assert len(problems) == 6  # id, severity, three texts, condition


@pytest.fixture
def risky(ws: Workspace, tmp_path: Path) -> Workspace:
    """Two pilots without a sponsor, of which one has no owner."""
    imported(ws, tmp_path, "reference,name,department,owner\nP-1,A,X,Ada\nP-2,B,X,\n")
    return ws


def test_a_muted_finding_is_shown_as_muted_and_comes_back_after_its_day(risky: Workspace, clock: FixedClock) -> None:
    until = TODAY + timedelta(days=2)
    done = mute_risk(risky, "P-2", "no_owner", reason=" Hired in March. ", until=until, by=ADA)
    assert done.muted is not None
    assert (done.muted.reason, done.muted.until, done.muted.by_name) == ("Hired in March.", until, "Ada")
    (record,) = audit_records(risky, limit=1)
    assert (record.action, record.principal_name, record.payload) == (
        "pilots.mute_risk", "Ada",
        {"pilot": "B", "rule": "no_owner", "reason": "Hired in March.", "until": until.isoformat()},
    )  # fmt: skip
    # muted findings come last and no longer make their pilot worse than others
    assert [(r.pilot_name, r.rule, r.muted is not None) for r in risks(risky)] == [
        ("A", "no_sponsor", False), ("B", "no_sponsor", False), ("B", "no_owner", True),
    ]  # fmt: skip
    clock.advance(timedelta(hours=63))
    assert risky.clock.now().date() == until
    assert [r.muted is not None for r in risks(risky) if r.rule == "no_owner"] == [True]  # the last day is one of them
    clock.advance(timedelta(hours=1))
    assert risks(risky)[0].rule == "no_owner"
    with pytest.raises(NotFound, match="is not muted"):
        unmute_risk(risky, "P-2", "no_owner", by=ADA)


def test_muting_again_counts_and_unmuting_ends_it(risky: Workspace) -> None:
    for reason in ("first", "second"):
        mute_risk(risky, "P-2", "no_owner", reason=reason, until=TODAY + timedelta(days=9), by=ADA)
    muted = [r.muted.reason for r in risks(risky) if r.muted]
    assert muted == ["second"]
    again = unmute_risk(risky, "P-2", "no_owner", by=ADA)
    assert again is not None
    assert again.muted is None
    assert audit_records(risky, limit=1)[0].action == "pilots.unmute_risk"
    mute_risk(risky, "P-2", "no_owner", reason="x", until=TODAY + timedelta(days=9), by=ADA)
    edit_pilot(risky, "P-2", {"owner": "Bo"}, by=ADA)
    assert [r for r in risks(risky) if r.muted] == []  # what is mended is no finding
    assert unmute_risk(risky, "P-2", "no_owner", by=ADA) is None


@pytest.mark.parametrize(
    ("which", "rule", "reason", "until", "said"),
    [
        ("P-2", "no_owner", " ", TODAY + timedelta(days=1), "Say why"),
        ("P-2", "no_owner", "x" * 1001, TODAY + timedelta(days=1), "1,000 characters"),
        ("P-2", "no_owner", "because", TODAY, "not in the future"),
        ("P-2", "no_owner", "", TODAY - timedelta(days=400), "(?s)Say why.*not in the future"),
        ("P-1", "no_owner", "because", TODAY + timedelta(days=1), "nothing to mute"),
        ("P-2", "no_ownr", "because", TODAY + timedelta(days=1), "no risk rule `no_ownr`"),
        ("P-9", "no_owner", "because", TODAY + timedelta(days=1), "no pilot `P-9`"),
    ],
)
def test_muting_needs_a_finding_a_reason_and_a_day_to_come(
    risky: Workspace, which: str, rule: str, reason: str, until: date, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        mute_risk(risky, which, rule, reason=reason, until=until, by=ADA)
    assert [r for r in risks(risky) if r.muted] == []


def test_the_documentation_is_made_from_columns_and_rules() -> None:
    written = (Path(__file__).parents[2] / "docs" / "pilots.md").read_text(encoding="utf-8")
    assert written == reference(), "run `python -m inventory.reference`"
    assert all(rule.text in written for rule in shipped_rules())
    assert all(column.name in written for column in COLUMNS)
