"""Personal data: what is seen in names and values, what is not, and pseudonyms with a key outside the log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from core.actor.values import local
from core.errors import BadInput, NotFound
from core.eventlog import LogVersion
from core.workspace import Workspace
from ingest import (
    CaseCondition,
    DropCases,
    MaskColumn,
    MergeLabels,
    Personal,
    PersonalKind,
    Pseudonymise,
    RemoveColumn,
    Step,
    StepChange,
    TidyLabels,
    clean,
    forget_pseudonyms,
    guess_roles,
    has_key,
    import_log,
    lineage,
    personal_columns,
    personal_in,
    undo,
)
from ingest.personal.identifiers import bsn, codice_fiscale, dni, iban, nir, pesel, rijksregister, ssn, steuer_id
from ingest.personal.keys import find_key
from ingest.personal.look import look
from tests.ingest.stored import row, stored

# Numbers that the issuing authorities publish as specimens, or that were made by their rule.
_RIGHT = [
    (iban, "GB82 WEST 1234 5698 7654 32"), (iban, "ES9121000418450200051332"), (iban, "NL91ABNA0417164300"),
    (dni, "12345678Z"), (dni, "X1234567L"), (bsn, "111222333"), (steuer_id, "86095742719"),
    (rijksregister, "85.07.30-033.28"), (nir, "255081416802538"), (codice_fiscale, "RSSMRA85T10A562S"),
    (pesel, "44051401359"), (ssn, "078-05-1120"),
]  # fmt: skip


@pytest.mark.parametrize(("test", "text"), _RIGHT)
def test_a_right_number_passes_and_a_changed_digit_does_not(test: object, text: str) -> None:
    assert callable(test)
    assert test(text)
    if test is not ssn:  # which has no check digit
        place = next(p for p in range(len(text) - 1, -1, -1) if text[p].isdigit())
        assert not test(text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :])


@pytest.mark.parametrize(
    ("column", "values", "kind"),
    [
        ("contact", ["ada@example.org", "bo@example.org", "cy@x.nl", "none"], PersonalKind.EMAIL),
        ("kundenname", ["Hans Müller", "Anja Schmidt", "Unbekannt Verzogen"], PersonalKind.NAME),
        ("x", ["María Pérez", "José García López", "Ana Ruiz", "Quirze Bosch"], PersonalKind.NAME),
        ("bearbeiter", ["J.P. de Vries", "Mevr. Bakker", "Piet Jansen"], PersonalKind.NAME),
        ("Telefono", ["+34 612 345 678", "+34 611 111 111", "912 345 678"], PersonalKind.PHONE),
        ("note", ["+31 20 123 4567", "(020) 765 4321", "0031 6 1234 5678"], PersonalKind.PHONE),
        ("account", ["NL91ABNA0417164300", "ES9121000418450200051332", "GB82WEST12345698765432"], PersonalKind.IBAN),
        ("id", ["12345678Z", "X1234567L", "00000000T"], PersonalKind.NATIONAL_ID),
        ("fecha de nacimiento", ["1980-01-02", "1975-05-06", "1999-12-31"], PersonalKind.BIRTH_DATE),
        ("Adresse", ["Hauptstraße 12", "Am Weg 3", "Lindenallee 7"], PersonalKind.ADDRESS),
        ("waar", ["Kerkstraat 1", "Prinsengracht 263", "Dorpsplein 4"], PersonalKind.ADDRESS),
        ("donde", ["Calle Mayor 5", "Avda. de la Paz 10", "Plaza Nueva 1"], PersonalKind.ADDRESS),
        ("where", ["12 Main Street", "221b Baker St", "5 Park Lane"], PersonalKind.ADDRESS),
        ("user", ["j.smith", "a.jones", "mbakker01"], PersonalKind.USERNAME),
    ],
)
def test_what_looks_personal(column: str, values: Sequence[str], kind: PersonalKind) -> None:
    found = look(column, values, first_year=2025)
    assert found is not None
    assert (found.kind, found.certain, found.tried) == (kind, True, len(values))


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("amount", ["100", "250.5", "399"]),
        ("status", ["open", "closed", "In Progress", "Lost Customer"]),
        ("product", ["Road Bike", "Mountain Bike", "Helmet Pro", "Paint Red"]),
        ("order", ["4500012345", "4500012346", "4500012347"]),
        ("ordered", ["2025-01-02", "2025-03-04", "2025-05-06"]),
        ("number", [str(100_000_000 + n) for n in range(300)]),  # one in eleven is a BSN by chance
        ("department", ["Group 1", "Team Blue", "Sales"]),
        ("nothing", ["", " "]),
    ],
)
def test_what_does_not(column: str, values: Sequence[str]) -> None:
    assert look(column, values, first_year=2025) is None


@pytest.mark.parametrize(
    "values",
    [
        [f"00{4500012345 + 7 * n}" for n in range(50)],  # order numbers with leading zeros
        [f"0{45000 + n} {100 + n}" for n in range(50)],
        [str(1_700_000_000 + 86_399 * n) for n in range(50)],  # seconds since 1970
        [f"{1_700_000_000_000 + 86_399_123 * n}" for n in range(50)],  # milliseconds
        [f"{1_234_567 * (n + 1)}.50" for n in range(50)],  # amounts
        [f"+{1_234_567 * (n + 1)}.5" for n in range(50)],  # amounts with their sign
        [f"{n + 10} {345 * n % 1000:03} {678 * n % 1000:03},00" for n in range(50)],  # amounts in groups
        [f"{n:03}-45-{6789 + n}" for n in range(50)],  # article numbers
        [f"10.{n}.123.456" for n in range(50)],
        [f"0049-{4711 + n}-{815 * n:05}" for n in range(50)],
        [f"2025-01-{n % 28 + 1:02} 10:{n:02}" for n in range(50)],
        [f"offer{1000 + n}" for n in range(50)],  # no user names
        [f"{5000 + n} to-{n}" for n in range(50)],
        [f"{n + 1} Receive and close" for n in range(50)],  # no streets
        [f"sent via {n} mail" for n in range(50)],
    ],
)
@pytest.mark.parametrize("identifies", [False, True])
def test_numbers_of_things_are_no_persons(values: Sequence[str], identifies: bool) -> None:
    assert look("number", values, first_year=2025, identifies=identifies) is None


_PHONES = [f"+34 6{n:02} {(n * 377) % 1000:03} {(n * 613) % 1000:03}" for n in range(40)]


@pytest.mark.parametrize(
    "values",
    [
        _PHONES,
        [phone.replace(" ", "") for phone in _PHONES],
        [f"+49 (0)89 4711-{100 + n}" for n in range(40)],  # an office: neighbouring, but with its country
        [f"(0{n * 7 + 20}) {(n * 37_717) % 1_000_000 + 1_000_000}" for n in range(40)],
        [f"0{n * 7 + 20} / {(n * 37_717) % 1_000_000 + 1_000_000}" for n in range(40)],
        [f"01{n * 2:02} 496 {(n * 613) % 10_000:04}" for n in range(40)],
        [f"0031 6 {(n * 377_177) % 9_000_000 + 1_000_000}" for n in range(40)],
    ],
)
def test_telephone_numbers_are_told_by_how_they_are_written(values: Sequence[str]) -> None:
    found = look("x", values, first_year=2025)
    assert found is not None
    assert (found.kind, found.certain) == (PersonalKind.PHONE, True)


def test_plain_digits_are_telephone_numbers_where_the_column_says_so() -> None:
    digits = [str(612_345_678 + 1_234_567 * n) for n in range(20)]
    assert look("x", digits, first_year=2025) is None
    found = look("telefono", digits, first_year=2025)
    assert found is not None
    assert found.kind is PersonalKind.PHONE


def test_what_a_case_and_a_performer_are_called_is_no_telephone_number() -> None:
    assert look("case", _PHONES, identifies=True, first_year=2025) is None
    found = look("performer", _PHONES, performs=True)
    assert found is not None
    assert found.kind is PersonalKind.PERFORMER


def test_cases_that_are_named_after_persons_are_still_seen() -> None:
    mails = look("case", ["ada@example.org", "bo@example.org", "cy@x.nl"], identifies=True)
    names = look("case", ["Anna Smith", "Ben Jones", "Carla Ruiz", "Tom Fox"], identifies=True)
    assert mails is not None
    assert names is not None
    assert (mails.kind, names.kind) == (PersonalKind.EMAIL, PersonalKind.NAME)


def test_what_has_no_check_digits_is_not_said_to_have_right_ones() -> None:
    written = [f"{100 + 37 * n % 600:03}-{n + 10:02}-{(n * 613) % 9000 + 1000}" for n in range(20)]
    found = look("x", written, first_year=2025)
    assert found is not None
    assert (found.kind, found.reason) == (
        PersonalKind.NATIONAL_ID,
        "20 of 20 distinct values are written like a United States social security number.",
    )
    assert look("x", written[:9], first_year=2025) is None  # too few to tell them from article numbers


def test_columns_that_play_a_role_in_a_file_are_not_looked_at(tmp_path: Path) -> None:
    """The case's number is written like a telephone number, and the due date like a birth date."""
    lines = ["case,activity,time,due,user", *(f"0{n}1 / 55512{n},Check,2025-03-03 09:00,1990-01-0{n},Anna Smith"
                                              for n in range(1, 7))]  # fmt: skip
    (tmp_path / "orders.csv").write_text("\n".join(lines))
    assert [one.column for one in personal_in(guess_roles(tmp_path / "orders.csv"))] == ["user"]


def test_a_name_alone_is_said_to_be_unsure() -> None:
    found = look("passport", ["seen", "not seen"], first_year=2025)
    assert found is not None
    assert (found.kind, found.certain) == (PersonalKind.NATIONAL_ID, False)


def _log(ws: Workspace) -> None:
    rows = [
        row("a", "Check", "2025-03-03 09:00", None, "Anna Smith", **{"@mail": "ada@example.org", "@amount": "7"}),
        row("a", "Pay", "2025-03-03 10:00", None, "Ben Jones", **{"@mail": "ben@example.org"}),
        row("b", "Check", "2025-03-03 11:00", None, "SAP", kind="system", **{"@mail": "cy@example.org"}),
        row("b", "Pay", "2025-03-03 12:00", None, "Carla Ruiz", **{"@amount": "8"}),
    ]
    stored(ws, rows, log="people", cases={"a": {"@customer": "Anna Smith"}, "b": {"@customer": "Tom Fox"}})


def _names(ws: Workspace, version: int | None = None) -> dict[str, str]:
    with ws.logs.read(ws.logs.get("people", version)) as connection:
        return dict(connection.execute("SELECT name, kind FROM performer").fetchall())


def test_columns_of_a_stored_log(ws: Workspace) -> None:
    _log(ws)
    found = {one.column: one.kind for one in personal_columns(ws, "people")}
    assert found == {
        "performer": PersonalKind.NAME, "@mail": PersonalKind.EMAIL, "@customer": PersonalKind.NAME,
    }  # fmt: skip


def test_one_key_gives_one_pseudonym_everywhere_and_never_lies_in_the_log(ws: Workspace) -> None:
    _log(ws)
    made = clean(ws, "people", None, [Pseudonymise("performer"), Pseudonymise("@customer")], by=local("Ada"))
    key = ws.settings.home / "keys" / "people.key"
    assert key.stat().st_mode & 0o777 == 0o600
    with ws.logs.read(made) as connection:
        names = dict(connection.execute("SELECT name, kind FROM performer").fetchall())
        customers = [c for (c,) in connection.execute('SELECT "@customer" FROM case_attribute ORDER BY 1').fetchall()]
    assert names.pop("SAP") == "system"
    assert all(name.startswith("performer ") and len(name) == 24 for name in names)
    signs = {name.removeprefix("performer ") for name in names}
    assert len(signs & {name.removeprefix("customer ") for name in customers}) == 1  # Anna Smith is one person
    again = clean(ws, "people", 1, [Pseudonymise("performer")], by=local("Ada"))
    assert set(_names(ws, again.version)) - {"SAP"} == set(names)
    secret = key.read_text().strip()
    for file in (
        ws.logs.folder / made.file,
        ws.settings.home / "tandem.sqlite",
        ws.settings.home / "tandem.sqlite-wal",
    ):
        content = file.read_bytes() if file.exists() else b""
        assert secret.encode() not in content
        assert bytes.fromhex(secret) not in content
    assert b"Carla Ruiz" not in (ws.logs.folder / made.file).read_bytes()
    assert personal_columns(ws, "people", made.version)[0].column == "@mail"


MERGE = MergeLabels((("ada", "Ada"), ("SAP", "S/4")), "performer")


def _people(ws: Workspace) -> LogVersion:
    rows = [row(f"c{n}", "Check", f"2025-03-0{n + 1} 10:00", None, who) for n, who in enumerate(("Ada", "ada", "Bo"))]
    return stored(ws, [*rows, row("c1", "Pay", "2025-03-09 10:00", None, "SAP", kind="system")])


def test_names_that_become_pseudonyms_are_not_in_the_lineage(ws: Workspace) -> None:
    one, two = _people(ws), _people(ws)
    drop = DropCases(CaseCondition.NAMED, cases=("c2",))
    made = clean(ws, one.log, None, [MERGE, drop, Pseudonymise(), Pseudonymise("case")], by=local("Ada"))
    told = json.dumps(ws.logs.meta(made).stored)
    assert not [name for name in ("Ada", "ada", "Bo", "c2") if f'"{name}"' in told]
    assert "S/4" in told  # a system keeps its name
    assert [s.change for s in lineage(ws, one.log).steps[:2]] == [
        StepChange(values=2),
        StepChange(instances=1, cases=1),
    ]
    key = find_key(ws, one.log)
    assert key is not None
    with ws.logs.read(made) as connection:
        names = connection.execute("SELECT name FROM performer ORDER BY name").fetchall()
    assert names == [("S/4",), (key.pseudonym("Ada", "performer"),)]
    clean(ws, two.log, None, [MERGE], by=local("Ada"))
    apart = clean(ws, two.log, None, [drop], by=local("Ada"))
    assert "ada" in json.dumps(ws.logs.meta(ws.logs.get(two.log, 2)).stored)  # that version has the names
    assert "ada" not in json.dumps(ws.logs.meta(apart).stored)


def test_hidden_steps_are_done_anew_when_another_is_undone(ws: Workspace) -> None:
    log = _people(ws).log
    drop = DropCases(CaseCondition.NAMED, cases=("c2",))
    steps: list[Step] = [drop, MERGE, Pseudonymise(), Pseudonymise("case")]
    whole = clean(ws, log, None, steps, by=local("Ada"))
    without_drop = undo(ws, log, whole.version, 1, by=local("Ada"))
    assert (without_drop.cases, without_drop.performers) == (3, 3)
    without_pseudonyms = undo(ws, log, whole.version, 3, by=local("Ada"))
    with ws.logs.read(without_pseudonyms) as connection:
        names = connection.execute("SELECT name FROM performer ORDER BY name").fetchall()
    assert names == [("Ada",), ("S/4",)]
    forget_pseudonyms(ws, log, by=local("Ada"))
    with pytest.raises(BadInput, match="was forgotten"):
        undo(ws, log, whole.version, 4, by=local("Ada"))


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([MERGE, MaskColumn("performer")], "has no effect, since a later step masks or removes"),
        ([MERGE, RemoveColumn("performer")], "has no effect"),
        ([MERGE, TidyLabels("performer"), Pseudonymise()], "Trim the labels of performer before merging"),
    ],
)
def test_steps_that_would_keep_names_are_refused(ws: Workspace, steps: list[Step], message: str) -> None:
    log = _people(ws).log
    with pytest.raises(BadInput, match=message):
        clean(ws, log, None, steps, by=local("Ada"))
    assert len([v for v in ws.logs.versions() if v.log == log]) == 1


def test_undoing_leaves_out_a_merge_that_has_no_effect_any_more(ws: Workspace) -> None:
    log = _people(ws).log
    clean(ws, log, None, [DropCases(CaseCondition.NAMED, cases=("c2",))], by=local("Ada"))
    clean(ws, log, None, [MERGE], by=local("Ada"))
    clean(ws, log, None, [MaskColumn("performer")], by=local("Ada"))
    made = undo(ws, log, None, 1, by=local("Ada"))
    assert [s.step for s in lineage(ws, log, made.version).steps] == [MaskColumn("performer")]


def test_pseudonyms_stay_when_they_are_asked_for_twice(ws: Workspace) -> None:
    _log(ws)
    clean(ws, "people", None, [Pseudonymise()], by=local("Ada"))
    once = _names(ws)
    with pytest.raises(BadInput, match="is changed by: pseudonymise performer"):
        clean(ws, "people", None, [Pseudonymise()], by=local("Ada"))
    clean(ws, "people", None, [Pseudonymise(), Pseudonymise("case")], by=local("Ada"))
    assert _names(ws) == once


def test_a_forgotten_key_cannot_make_the_same_pseudonyms(ws: Workspace) -> None:
    _log(ws)
    clean(ws, "people", None, [Pseudonymise(), Pseudonymise("@mail")], by=local("Ada"))
    first = _names(ws)
    assert has_key(ws, "people")
    forget_pseudonyms(ws, "people", by=local("Ada"))
    assert not has_key(ws, "people")
    with pytest.raises(NotFound, match="has no key"):
        forget_pseudonyms(ws, "people", by=local("Ada"))
    with pytest.raises(BadInput, match="was forgotten"):
        undo(ws, "people", None, 2, by=local("Ada"))
    clean(ws, "people", 1, [Pseudonymise()], by=local("Ada"))
    assert set(_names(ws)) & set(first) == {"SAP"}


def test_a_damaged_key_is_said(ws: Workspace) -> None:
    _log(ws)
    folder = ws.settings.home / "keys"
    folder.mkdir()
    (folder / "people.key").write_text("nonsense")
    with pytest.raises(BadInput, match="is not a key of 32 bytes"):
        clean(ws, "people", None, [Pseudonymise()], by=local("Ada"))


_CSV = """case,activity,time,user,customer
1,Check,2025-03-03 09:00,Anna Smith,Tom Fox
1,Pay,2025-03-03 10:00,Ben Jones,Tom Fox
2,Check,2025-03-03 11:00,Anna Smith,Sara Lund
"""


def test_a_preview_says_which_columns_look_personal(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(_CSV)
    found: dict[str, Personal] = {one.column: one for one in personal_in(guess_roles(tmp_path / "people.csv"))}
    assert set(found) == {"user", "customer"}


def test_pseudonyms_at_import_keep_the_names_out_of_the_file(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(_CSV)
    done = import_log(ws, tmp_path / "people.csv", pseudonymise=["performer", "customer"], by=local("Ada"))
    assert (done.cases, done.performers) == (2, 2)
    version = ws.logs.get("people")
    content = (ws.logs.folder / version.file).read_bytes()
    for name in (b"Anna Smith", b"Jones", b"Tom Fox", b"Lund"):
        assert name not in content
    assert ws.logs.meta(version).stored["pseudonymised"]["columns"] == ["performer", "@customer"]
    assert import_log(ws, tmp_path / "people.csv", by=local("Ada")).version == 2  # the same file, read in another way
    clean(ws, "people", 2, [Pseudonymise()], by=local("Ada"))
    assert set(_names(ws)) == set(_names(ws, 1))


def test_an_import_cannot_hide_what_is_mined(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(_CSV)
    with pytest.raises(BadInput, match="is the log's activity"):
        import_log(ws, tmp_path / "people.csv", pseudonymise=["activity"], by=local("Ada"))
    with pytest.raises(NotFound, match=r"no column `surname`.*`customer`"):
        import_log(ws, tmp_path / "people.csv", pseudonymise=["surname"], by=local("Ada"))
    assert ws.logs.versions() == []
    assert not has_key(ws, "people")
