"""Names that people read: which two look alike, and which characters no name may have.

`name_key` follows Unicode's normal form KC and the idea of Technical Standard 39 (a skeleton in which letters that look
alike are one) with a table of its own. Its limits: it knows the look-alikes among Latin, Greek and Cyrillic letters and
the digits 0 and 1, not those of other scripts, nor pairs such as `rn` and `m`; letters that differ by an accent are two
letters. It is for telling names apart, never for showing them.
"""

from __future__ import annotations

import re
import unicodedata

from core.errors import BadInput

MOST_CHARACTERS = 200

_LOOK = (
    # Cyrillic, small and capital
    "аa", "вb", "еe", "ѕs", "іi", "јj", "кk", "мm", "нh", "оo", "рp", "сc", "тt", "уy", "хx", "һh", "ԁd", "ԛq", "ԝw",
    "ӏl", "ґr", "гr", "зз", "ьb", "ѵv", "ԍg", "їï", "ёë", "ѐè", "АA", "ВB", "ЕE", "ЅS", "ІI", "ЈJ", "КK", "МM", "НH",
    "ОO", "РP", "СC", "ТT", "УY", "ХX", "ԚQ", "ԜW", "ӀI", "ҮY", "үy", "ЇÏ", "ЁË",
    # Greek, small and capital
    "αa", "βb", "γy", "εe", "ηn", "ιi", "κk", "νv", "οo", "ρp", "τt", "υu", "χx", "ωw", "ϲc", "ϳj", "άá", "έé", "ίí",
    "όó", "ΑA", "ΒB", "ΕE", "ΖZ", "ΗH", "ΙI", "ΚK", "ΜM", "ΝN", "ΟO", "ΡP", "ΤT", "ΥY", "ΧX", "ϹC", "ͿJ",
    # Latin letters and signs that look like others
    "ɑa", "ɡg", "ɩi", "ıi", "ʟl", "ɴn", "ʀr", "ʏy", "ʜh", "ɪi", "ʙb", "ɢg", "0o", "1l", "|l", "Il", "ǃ!", "‐-", "‑-",
    "‒-", "–-", "—-", "−-", "’'", "‘'", "ʼ'", "`'", "´'",
)  # fmt: skip
_SKELETON = str.maketrans({pair[0]: pair[1] for pair in _LOOK})
_IGNORED = (  # what is not seen: Unicode's default ignorable characters
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _IGNORED) + "]")
_MIXED = frozenset({"ARMENIAN", "CHEROKEE", "COPTIC", "CYRILLIC", "GREEK", "LATIN", "LISU"})  # look like each other
_KINDS = {
    "Cc": "a control character", "Cf": "an invisible character", "Cn": "a character that Unicode does not know",
    "Co": "a character of private use", "Cs": "half a character", "Zl": "a line break", "Zp": "a line break",
}  # fmt: skip


def name_key(name: str) -> str:
    """What names that look alike have in common: two names with one key are not to stand side by side.

    Case, kinds of blanks, invisible characters, ways to write one letter, and look-alike letters make no difference.
    """
    return _settled(name.casefold())


def look_alike(one: str, other: str) -> bool:
    """Whether two names look alike in any case: as `name_key` says, or letter by letter as they are written.

    `lris` (with a small L) is no `Iris` by its key, because case is gone there; written, the two look alike.
    """
    return bool({name_key(one), _settled(one)} & {name_key(other), _settled(other)})


def check_name(name: str) -> str:
    """`name` in Unicode's normal form C. Raises BadInput where it has characters that cannot be seen or mislead.

    Refused are names that are empty or longer than 200 characters, control, invisible and direction characters, and
    words that mix letters of Latin, Greek, Cyrillic and other scripts that look like them.
    """
    if not name.strip():
        raise BadInput("A name must have a letter or a digit.")
    if len(name) > MOST_CHARACTERS:
        raise BadInput(f"The name has {len(name):,} characters; at most {MOST_CHARACTERS} can be used.")
    for place, character in enumerate(name, start=1):
        fault = _fault(character)
        if fault:
            raise BadInput(f"The name has {fault} (U+{ord(character):04X}) at place {place}. Write it without.")
    for word in name.split():
        scripts = sorted(_scripts(word))
        if len(scripts) > 1:
            told = " and ".join(script.title() for script in scripts)
            raise BadInput(f"The word `{word}` mixes letters of {told}, which look alike. Write it in one script.")
    return unicodedata.normalize("NFC", name)


def _settled(text: str) -> str:
    """`text` as a skeleton; done again until nothing changes, because one step can make room for another."""
    while True:
        step = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
        step = " ".join(step.translate(_SKELETON).casefold().split())
        step = unicodedata.normalize("NFKC", step)
        if step == text:
            return text
        text = step


def _fault(character: str) -> str | None:
    """What is wrong with a character in a name, in words."""
    if character in _BIDI:
        return "a character that turns the direction of writing"
    kind = _KINDS.get(unicodedata.category(character))
    return kind or ("an invisible character" if _UNSEEN.match(character) else None)


def _scripts(word: str) -> set[str]:
    """The scripts of the word's letters that look like each other."""
    named = (unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha())
    return {script for script in named if script in _MIXED}
