"""Whether a text is a national identifier or an account number, by its own check digits. Pure functions.

Each function is named after the number; the sources are the issuing authorities' published rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_IBAN_LENGTHS = {
    "AD": 24, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FR": 27, "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LI": 21, "LT": 20,
    "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "TR": 26,
}  # fmt: skip
_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def iban(text: str) -> bool:
    """An International Bank Account Number: its country's length, and 1 modulo 97 (ISO 13616)."""
    bare = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", bare) or _IBAN_LENGTHS.get(bare[:2], len(bare)) != len(bare):
        return False
    return int("".join(str(int(sign, 36)) for sign in bare[4:] + bare[:4])) % 97 == 1


def dni(text: str) -> bool:
    """A Spanish DNI or NIE: the letter is the number modulo 23."""
    found = re.fullmatch(r"([XYZ]?)[ -]?(\d{7,8})[ -]?([A-Z])", text.strip().upper())
    if not found or len(found[1] + found[2]) != 8:
        return False
    number = int({"": "", "X": "0", "Y": "1", "Z": "2"}[found[1]] + found[2])
    return _DNI_LETTERS[number % 23] == found[3]


def bsn(text: str) -> bool:
    """A Dutch burgerservicenummer: nine digits, weighted 9 to 2 and -1, a multiple of 11."""
    digits = _digits(text, 9)
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return any(digits) and sum(d * w for d, w in zip(digits, weights, strict=False)) % 11 == 0


def steuer_id(text: str) -> bool:
    """A German Steuer-ID: eleven digits, the last by ISO 7064 modulo 11, 10; one digit stands twice or thrice."""
    digits = _digits(text, 11)
    if not digits or digits[0] == 0 or len(set(digits[:10])) not in (8, 9):
        return False
    product = 10
    for digit in digits[:10]:
        product = ((digit + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == digits[10]


def rijksregister(text: str) -> bool:
    """A Belgian national register number: the last two digits are 97 less the rest modulo 97."""
    bare = re.sub(r"[ .-]", "", text)
    if not re.fullmatch(r"\d{11}", bare) or not ("00" <= bare[2:4] <= "12") or bare[4:6] > "31":
        return False
    return any(97 - int(before + bare[:9]) % 97 == int(bare[9:]) for before in ("", "2"))


def nir(text: str) -> bool:
    """A French social security number: the last two digits are 97 less the rest modulo 97."""
    bare = re.sub(r"[ .-]", "", text).upper()
    if not re.fullmatch(r"[12]\d{4}(\d{2}|2[AB])\d{8}", bare):
        return False
    number = bare[:13].replace("2A", "19").replace("2B", "18") if not bare[:13].isdigit() else bare[:13]
    return 97 - int(number) % 97 == int(bare[13:])


def codice_fiscale(text: str) -> bool:
    """An Italian codice fiscale: sixteen signs, the last a weighted sum modulo 26."""
    bare = text.strip().upper()
    if not re.fullmatch(r"[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", bare):
        return False
    odd = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
    total = 0
    for place, sign in enumerate(bare[:15]):
        value = int(sign) if sign.isdigit() else ord(sign) - ord("A")
        total += value if place % 2 else odd[value]
    return chr(ord("A") + total % 26) == bare[15]


def pesel(text: str) -> bool:
    """A Polish PESEL: eleven digits, weighted 1, 3, 7, 9, a multiple of 10."""
    digits = _digits(text, 11)
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    return any(digits) and sum(d * w for d, w in zip(digits, weights, strict=False)) % 10 == 0


def ssn(text: str) -> bool:
    """A United States social security number, written with its hyphens."""
    return re.fullmatch(r"(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}", text.strip()) is not None


def nino(text: str) -> bool:
    """A British National Insurance number."""
    bare = re.sub(r"\s", "", text).upper()
    return re.fullmatch(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", bare) is not None


# What it is called, its rule, whether a number made up at random passes so rarely that few values prove it, and whether
# it has check digits at all.
NATIONAL: tuple[tuple[str, Callable[[str], bool], bool, bool], ...] = (
    ("Spanish DNI or NIE", dni, True, True),
    ("Italian codice fiscale", codice_fiscale, True, True),
    ("French social security number", nir, True, True),
    ("British National Insurance number", nino, False, False),
    ("United States social security number", ssn, False, False),
    ("Belgian national register number", rijksregister, True, True),
    ("German Steuer-ID", steuer_id, False, True),
    ("Dutch BSN", bsn, False, True),
    ("Polish PESEL", pesel, False, True),
)


def _digits(text: str, length: int) -> list[int]:
    bare = re.sub(r"[ .-]", "", text.strip())
    return [int(sign) for sign in bare] if re.fullmatch(rf"[0-9]{{{length}}}", bare) else []
