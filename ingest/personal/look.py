"""Whether a column looks like data of persons, told by its name and measured on its values. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.personal.given_names import GIVEN_NAMES
from ingest.personal.identifiers import NATIONAL, iban
from ingest.personal.numbers import numbered, telephone

_FEW = 3  # values that look like it, below which no share is believed
_STRONG = 0.6  # of the distinct values, where their look alone proves it
_NAMED = 0.3  # where the column's name says so too
_NEARLY_ALL = 0.9  # where many other things are written alike: user names, dates, telephone numbers
_NAMES = 0.4  # of the distinct values that hold a common given name: no list has all names


class PersonalKind(StrEnum):
    """What a column tells of persons."""

    NAME = "name of a person"
    EMAIL = "e-mail address"
    PHONE = "telephone number"
    NATIONAL_ID = "national identifier"
    IBAN = "account number (IBAN)"
    BIRTH_DATE = "birth date"
    ADDRESS = "street address"
    USERNAME = "user name"
    PERFORMER = "who did the work"


@dataclass(frozen=True)
class Personal:
    """Why a column looks personal."""

    column: str
    kind: PersonalKind
    reason: str  # with what was measured
    matching: int  # distinct values that look like it
    tried: int  # distinct values that were looked at
    certain: bool  # the values themselves show it


_WORDS: dict[PersonalKind, str] = {
    PersonalKind.EMAIL: r"e ?mail|email|correo|mailadres|courriel",
    PersonalKind.PHONE: r"phone|tel|telephone|telefono|telefon|telefoon|mobile|movil|handy|mobiel|gsm|celular",
    PersonalKind.NATIONAL_ID: (
        r"dni|nie|nif|bsn|burgerservicenummer|ssn|social security|steuer id|steuerid|steuernummer|"
        r"sozialversicherung\w*|passport|pasaporte|paspoort|reisepass|national id|cedula|"
        r"rijksregister\w*|codice fiscale|pesel|personnummer"
    ),
    PersonalKind.IBAN: r"iban|account number|bank account|cuenta|kontonummer|rekeningnummer",
    PersonalKind.BIRTH_DATE: (
        r"birth|birthday|birthdate|dob|date of birth|nacimiento|geburtsdatum|geburtstag|geboortedatum|"
        r"geboren|naissance|nascita"
    ),
    PersonalKind.ADDRESS: (
        r"address|street|direccion|domicilio|calle|adresse|anschrift|strasse|straat|adres|woonadres|rue|indirizzo"
    ),
    PersonalKind.NAME: (
        r"first name|last name|full name|surname|given name|family name|person name|customer name|client name|"
        r"employee name|patient|patient name|nombre|apellidos?|nombre completo|vorname|nachname|kundenname|"
        r"voornaam|achternaam|klantnaam|prenom|nom|cognome|employee|empleado|mitarbeiter|medewerker|bearbeiter|applicant|"
        r"solicitante|antragsteller|aanvrager|customer|cliente|kunde|klant"
    ),
    PersonalKind.USERNAME: (
        r"user|username|user name|user id|userid|login|usuario|benutzer|benutzername|gebruiker|gebruikersnaam|account|"
        r"created by|changed by|modified by|creado por|erstellt von|aangemaakt door|responsible|owner|assignee|resource"
    ),
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")
_STREET = re.compile(
    r"(straße|strasse|str\.|weg|platz|allee|gasse|straat|laan|plein|gracht|kade|dijk)\s+\d+"
    r"|^(calle|c/|avda\.?|avenida|plaza|paseo|rue|avenue|boulevard|bd\.?|chemin|via|viale|piazza|corso|rua)\s.*\d"
    r"|^\d+[a-z]?,?(\s[^\s,]+){1,3}\s(street|st\.?|road|rd\.?|avenue|ave\.?|lane|ln\.?|drive|dr\.?)(,|$)"
    r"|\b\d+\s?(bis|ter)?,?\s(rue|avenue|boulevard|chemin)\b",
    re.IGNORECASE,
)
_USERNAME = re.compile(r"[a-z]{1,12}[._][a-z]{2,20}\d{0,3}|[a-z]{2,10}\d{2,6}", re.ASCII)
_TITLE = re.compile(r"^(mr|mrs|ms|dr|prof|herr|frau|dhr|mevr|mw|sr|sra|don|dona|mme|monsieur|signor|signora)\b\.? ")
_INITIALS = re.compile(r"^([A-Z]\.[ -]?){1,4}((van|de|der|den|von|del|la|ten|ter) ){0,3}[A-Z][\w'-]+$")
_NO_ROLE = (PersonalKind.PHONE, PersonalKind.BIRTH_DATE, PersonalKind.ADDRESS)  # no case and no performer is called so
_DATE = re.compile(r"(\d{4})-\d{2}-\d{2}([ T].*)?|\d{1,2}[./-]\d{1,2}[./-](\d{4})")


def look(
    column: str,
    values: Sequence[str],
    *,
    performs: bool = False,
    identifies: bool = False,
    first_year: int | None = None,
) -> Personal | None:
    """Why `column` looks like data of persons; None where it does not.

    `values` are distinct values of it; `performs` says that it names who did the work, `identifies` that it names the
    cases: what only looks like a telephone number, a date or a user name is then taken for what it is, a name of its
    own kind. `first_year` is the year in which the log begins, which birth dates lie well before.
    """
    filled = [value for value in (value.strip() for value in values) if value]
    if not filled:
        return None
    named = _named(column)
    least = 1 if performs or PersonalKind.NAME in named else 2  # one word alone may be a product's name
    plays = performs or identifies
    for kind, test in _tests(first_year, least, PersonalKind.PHONE in named):
        if (plays and kind in _NO_ROLE) or (identifies and kind is PersonalKind.USERNAME):
            continue
        if kind in (PersonalKind.PHONE, PersonalKind.USERNAME) and kind not in named and numbered(filled):
            continue
        matching = sum(map(test, filled))
        told = kind in named or (performs and kind is PersonalKind.NAME)
        found = _judged(column, kind, matching, len(filled), told, kind in named)
        if found:
            return found
    national = _national(column, filled, PersonalKind.NATIONAL_ID in named)
    if national and not (identifies and numbered(filled)):
        return national
    if performs:
        known = f"{len(filled):,} distinct values"
        reason = f"It says who did the work: {known} stand for persons, if not for systems or groups."
        return Personal(column, PersonalKind.PERFORMER, reason, len(filled), len(filled), False)
    said = next(
        (kind for kind in _WORDS if kind in named and kind not in (PersonalKind.USERNAME, PersonalKind.NAME)), None
    )
    if said and not all(_plain_number(value) for value in filled[:50]):
        return Personal(column, said, f"Its name says {said.value}; its values do not show it.", 0, len(filled), False)
    return None


def _judged(column: str, kind: PersonalKind, matching: int, tried: int, expected: bool, named: bool) -> Personal | None:
    share = matching / tried
    needed = _NAMED if expected else _NAMES if kind is PersonalKind.NAME else _STRONG
    if kind in (PersonalKind.USERNAME, PersonalKind.BIRTH_DATE, PersonalKind.PHONE) and not expected:
        needed = _NEARLY_ALL
    if share < needed or matching < (min(2, tried) if expected else _FEW):
        return None
    shape = (
        "hold a common given name or are written as one" if kind is PersonalKind.NAME else f"look like a {kind.value}"
    )
    if kind is PersonalKind.EMAIL:
        shape = "look like an e-mail address"
    elif kind is PersonalKind.IBAN:
        shape = "are account numbers with right check digits"
    too = "; its name says so too" if named else ""
    return Personal(column, kind, f"{matching:,} of {tried:,} distinct values {shape}{too}.", matching, tried, True)


def _national(column: str, values: Sequence[str], named: bool) -> Personal | None:
    for title, test, telling, checked in NATIONAL:
        if not checked and not named and numbered(values):
            continue
        matching = sum(map(test, values))
        least = _FEW if telling or named else 10  # a made-up number passes one time in ten or eleven
        if matching >= least and matching >= (_STRONG if telling or named else 0.95) * len(values):
            how = "are" if checked else "are written like"
            digits = ", with right check digits" if checked else ""
            reason = f"{matching:,} of {len(values):,} distinct values {how} a {title}{digits}."
            return Personal(column, PersonalKind.NATIONAL_ID, reason, matching, len(values), True)
    return None


def _tests(first_year: int | None, least: int, phones: bool) -> tuple[tuple[PersonalKind, Callable[[str], bool]], ...]:
    return (
        (PersonalKind.EMAIL, lambda value: _EMAIL.fullmatch(value) is not None),
        (PersonalKind.IBAN, iban),
        (PersonalKind.ADDRESS, lambda value: _STREET.search(value) is not None),
        (PersonalKind.BIRTH_DATE, lambda value: _born(value, first_year)),
        (PersonalKind.PHONE, lambda value: telephone(value, named=phones)),
        (PersonalKind.NAME, lambda value: person_name(value, least)),
        (PersonalKind.USERNAME, lambda value: _USERNAME.fullmatch(value) is not None),
    )


def person_name(value: str, least: int = 2) -> bool:
    """Whether a text is written as a person's name: `least` to five words with a common given name; title; initials."""
    text = _bare(value)
    if any(sign.isdigit() for sign in text) or len(text) > 60:
        return False
    if _TITLE.match(text.lower()) or _INITIALS.match(text):
        return True
    words = re.findall(r"[^\W\d_]+", text)
    if not least <= len(words) <= 5 or not (text[:1].isupper() or "," in text):
        return False
    return any(word.lower() in GIVEN_NAMES for word in words)


def _born(value: str, first_year: int | None) -> bool:
    found = _DATE.fullmatch(value)
    year = int(found[1] or found[3]) if found else 0
    return first_year is not None and first_year - 100 <= year <= first_year - 16


def _named(column: str) -> set[PersonalKind]:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _bare(column))
    plain = re.sub(r"[^a-z0-9]+", " ", words.lower()).strip()
    return {kind for kind, pattern in _WORDS.items() if re.search(rf"(^| )({pattern})( |$)", plain)}


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _plain_number(value: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", value) is not None
