"""What names say: consequences at any place and in five languages, object and verb apart, milestones, outside acts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mining.allocation.naming import read_name
from mining.allocation.naming.words import languages


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Approve purchase order", "approve"),
        ("Purchase order is approved", "approved"),
        ("A_DECLINED", "declined"),
        ("Payment Handled", "payment"),
        ("Declaration FINAL_APPROVED by SUPERVISOR", "approved"),
        ("Refund customer", "refund"),
        ("Factuur betalen", "betalen"),
        ("Betaling uitvoeren", "betaling"),
        ("Aanvraag afgewezen", "afgewezen"),
        ("Rechnung bezahlen", "bezahlen"),
        ("Zahlungsfreigabe", "zahlungsfreigabe"),
        ("Antrag wird genehmigt", "genehmigt"),
        ("Payer la facture", "payer"),
        ("Demande refusée", "refusee"),
        ("Pagar factura", "pagar"),
        ("Solicitud aprobada", "aprobada"),
        ("Visto Bueno Cierre Proceso", "visto bueno"),
        ("Create Purchase Order", "purchase order"),
        # the object has a consequence, and the verb only asks, checks, receives or writes down
        ("Request for payment submitted", None),
        ("Request Payment", None),
        ("Check payment", None),
        ("Receive payment", None),
        ("Notificacion estudiante cancelacion soli", None),
        ("Demander l'autorisation", None),
        ("Request to approve order", None),
        ("Wait for payment", None),
        # words that only look alike
        ("Design part", None),
        ("Check signal", None),
        ("Repayroll", None),
        ("Draft purchase order", None),
    ],
)
def test_consequences(name: str, word: str | None) -> None:
    assert read_name(name).consequence == word


@pytest.mark.parametrize(
    ("name", "outside_world"),
    [
        ("Start", False),
        ("End", False),
        ("Queued", False),
        ("Fin del proceso", False),
        ("End trip", True),
        ("Start reis", True),
    ],
)
def test_milestones(name: str, outside_world: bool) -> None:
    found = read_name(name)
    assert found.milestone
    assert found.happens_outside is outside_world


@pytest.mark.parametrize("name", ["Start machine", "Send end report", "Open account", "Close case", "Ende prüfen"])
def test_tasks_are_no_milestones(name: str) -> None:
    assert read_name(name).milestone is None


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Declaration SUBMITTED by EMPLOYEE", "employee"),
        ("Offer accepted by customer", "customer"),
        ("Customer accepts offer", "customer"),
        ("Eingereicht durch Kunde", "kunde"),
        ("Solicitado por cliente", "cliente"),
        ("Checked by employee", None),
        ("Call customer", None),
        ("Declaration APPROVED by BUDGET OWNER", None),
        ("Notificacion estudiante cancelacion soli", None),
    ],
)
def test_acts_of_outside_parties(name: str, who: str | None) -> None:
    assert read_name(name).outside == who


def test_hands_and_data() -> None:
    assert read_name("Inspect goods").physical == "inspect goods"
    assert read_name("Turning & Milling Q.C.").physical == "turning"
    assert read_name("Create Quotation comparison Map").physical is None
    assert read_name("Match invoice").information == "invoice"
    assert read_name("Check if customer has all required information").sent is None
    assert read_name("Add penalty").sensitive is None


@pytest.mark.parametrize(
    "kind", ["consequence_verb", "consequence_noun", "about", "sent", "judgement", "physical", "marker"]
)
def test_every_list_has_five_languages(kind: str) -> None:
    assert languages(kind) == ("en", "nl", "de", "fr", "es")


@given(st.text(max_size=60))
def test_any_name_can_be_read(name: str) -> None:
    assert read_name(name) == read_name(name)


@given(st.sampled_from(["Approve order", "Betaling uitvoeren", "Check payment", "End trip", "Pagar"]))
def test_case_and_signs_tell_nothing(name: str) -> None:
    found = read_name(name)
    assert bool(read_name(name.upper().replace(" ", "_")).consequence) == bool(found.consequence)
    assert read_name(f"  {name.lower()}! ").consequence == found.consequence
