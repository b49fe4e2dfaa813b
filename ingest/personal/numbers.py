"""Whether numbers are telephone numbers, or only the numbers of things. Pure functions.

Most columns of digits number orders, amounts, moments and places. So a telephone number is believed only where it is
written as one: with its country, its area code in brackets, or a leading zero and blanks or slashes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

_WRITTEN = re.compile(
    r"\+[1-9]\d{0,2}[ ()./-]*(\d[ ()./-]*){6,13}\d"  # with its country
    r"|00[1-9]\d{0,2}[ (/](\d[ ()/-]*){6,13}\d"
    r"|\(\+?\d{2,5}\) ?/?\d[\d /-]{4,12}\d"  # its area in brackets
    r"|0[1-9]\d{1,4} ?[ /] ?\d[\d /-]{3,11}\d"  # a leading zero, then blanks or a slash
)
_PLAIN = re.compile(r"(\+|00)?\(?\d[\d ()./-]{6,18}\d")  # all that is asked where the column is called a telephone
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([ T].*)?|\d{1,2}[./-]\d{1,2}[./-]\d{4}([ T].*)?")
_DECIMAL = re.compile(r"\+?\d+[.,]\d+")
_STEP = 1000  # between neighbours, from the smallest to the next: things are numbered on, telephones are not
_KINDS = 0.1  # of the values: fewer beginnings than this are the name of a kind, such as `order`, before its number


def telephone(value: str, *, named: bool = False) -> bool:
    """Whether `value` is written as a telephone number; `named` where its column is called one."""
    digits = sum(sign.isdigit() for sign in value)
    if not 8 <= digits <= 15 or _DATE.fullmatch(value) or _DECIMAL.fullmatch(value):
        return False
    return (_PLAIN if named else _WRITTEN).fullmatch(value) is not None


def numbered(values: Sequence[str]) -> bool:
    """Whether `values` are the numbers of things: one beginning or a few for all of them, and counted on.

    A number with its country is never one: an office has neighbouring telephones.
    """
    found = [re.fullmatch(r"(\D*)(\d.*)", value) for value in values]
    parts = [match for match in found if match is not None]
    if len(parts) < max(2, 0.9 * len(values)) or any(match[1].startswith("+") for match in parts):
        return False
    beginnings = {match[1] for match in parts}
    if any(any(sign.isalpha() for sign in text) for text in beginnings):
        return len(beginnings) <= max(1, _KINDS * len(values))
    numbers = sorted({int(re.sub(r"\D", "", match[2])) for match in parts})
    gaps = [after - before for before, after in pairwise(numbers)]
    return len(gaps) > 0 and (median(gaps) <= _STEP or _counted_on([match[2] for match in parts]))


def _counted_on(values: Sequence[str]) -> bool:
    """Whether the first or the last group of digits goes on by one from value to value."""
    for place in (0, -1):
        numbers = sorted(int(re.findall(r"\d+", value)[place]) for value in values)
        if all(after - before == 1 for before, after in pairwise(numbers)):
            return True
    return False
