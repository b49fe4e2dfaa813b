"""Names that look alike have one key, and characters that cannot be seen are refused in words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.errors import BadInput
from core.names import check_name, look_alike, name_key

TEXT = st.text(max_size=30)
UNSEEN = "\u200b\u200d\u2060\ufeff\u00ad\u180e\U000e0041"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lovelace", "ada  lovelace "),
        ("Ada", "\u0410d\u0430"),  # Cyrillic A and a
        ("Grace", "Gr\u0430\u0441e"),
        ("Ada", "A\u200bda"),
        ("Ada", "Ad\u00ada"),
        ("René", "Rene\u0301"),  # NFD
        ("Ada", "\uff21\uff44\uff41"),  # full width
        ("administrator", "adm\u0456nistrat\u043er"),
        ("coco", "\u0441\u043e\u0441\u043e"),  # all Cyrillic
        ("agent-1", "agent-l"),
        ("Ada\u00a0L", "Ada L"),
        ("O'Neil", "O’Neil"),
        ("Straße", "STRASSE"),
    ],
)
def test_names_that_look_alike_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)
    assert look_alike(one, other)


@pytest.mark.parametrize(("one", "other"), [("Iris", "lris"), ("HOT", "\u0397\u039f\u03a4"), ("Il", "ll")])
def test_what_looks_alike_only_as_it_is_written_is_seen_too(one: str, other: str) -> None:
    assert look_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("René", "Rene"), ("Ada", "Adam"), ("Erika", "Erica"), ("Søren", "Soren"), ("Иван", "Иваи")]
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert not look_alike(one, other)


@given(TEXT)
def test_law_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(TEXT, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_law_how_a_name_is_written_down_makes_no_difference(name: str, form: str) -> None:
    assert name_key(unicodedata.normalize(form, name)) == name_key(name)  # type: ignore[arg-type]


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzéü -'", max_size=20), st.integers(0, 20), st.sampled_from(UNSEEN))
def test_law_what_is_not_seen_makes_no_difference_and_is_refused(name: str, place: int, unseen: str) -> None:
    assume(name.strip())
    hidden = name[:place] + unseen + name[place:]
    assert name_key(hidden) == name_key(name)
    with pytest.raises(BadInput, match="The name has"):
        check_name(hidden)


@given(st.text(alphabet=st.characters(categories=("Lu", "Ll"), max_codepoint=0x24F), min_size=1, max_size=20))
def test_law_names_of_one_script_pass_as_they_are(name: str) -> None:
    assert check_name(name) == unicodedata.normalize("NFC", name)
    assert name_key(check_name(name)) == name_key(name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "must have a letter"),
        (" \t ", "must have a letter"),
        ("A\x1b[31mda", "a control character (U+001B) at place 2"),
        ("Ada\nGrace", "a control character"),
        ("Ada\u202egra", "turns the direction of writing (U+202E)"),
        ("A\u200bda", "an invisible character (U+200B)"),
        ("Ada\ufe0f", "an invisible character"),
        ("A\ud800", "half a character"),
        ("A\ue000", "private use"),
        ("Ada\u2028", "a line break"),
        ("\u0410da Lovelace", "mixes letters of Cyrillic and Latin"),
        ("x" * 201, "at most 200"),
    ],
)
def test_what_no_name_may_have_is_said(name: str, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_name(name)
    assert words in refused.value.message


@pytest.mark.parametrize("name", ["Ada Lovelace", "Jürgen Groß", "Иван Петров", "Ελένη", "王小明", "עדה", "O'Neil-3"])
def test_names_of_people_are_names(name: str) -> None:
    assert check_name(name) == name
