"""What tells of a pair of pilots: each feature on a case small enough to compute by hand."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory.overlap import hubs, letters, meaning, rarity, residual, spelling
from inventory.overlap.encoder import find_encoder
from inventory.overlap.features import FEATURES, LEXICAL, pair_table, task_keys
from inventory.overlap.texts import texts_of, words_of
from inventory.overlap.weights import shipped
from tests.inventory.sheets import pilot

AXES = {word: place for place, word in enumerate(("invoice", "pay", "settle", "record", "tree"))}


def known_words(texts: Sequence[str]) -> Any:
    """An encoder that knows five words: a text is the sum of its words; `settle` lies half-way to `pay`."""
    rows = np.zeros((len(texts), len(AXES)), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.casefold().split():
            if word in AXES:
                rows[row, AXES[word]] += 1
            if word == "settle":
                rows[row, AXES["pay"]] += 1
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)


def test_a_system_that_half_of_all_use_says_nothing() -> None:
    held = [{"SAP", "rare"}, {"SAP", "rare"}, {"SAP"}, {"SAP", "own"}, set(), set(), set(), set()]
    weights = rarity.rarities(held)
    assert weights == pytest.approx({"SAP": 0.0, "rare": log(8 / 4), "own": log(8 / 2)})
    both = rarity.shared_weight(held)
    assert both[0, 1] == pytest.approx(1.0)
    assert both[0, 2] == both[0, 3] == both[4, 5] == 0
    held = [{"a", "b"}, {"a"}, *([set()] * 6)]
    assert rarity.shared_weight(held)[0, 1] == pytest.approx(log(2) / (log(2) + log(4)))


def test_letters_are_runs_within_words() -> None:
    assert dict(letters.runs_of(["ab"])) == {" ab": 1, "ab ": 1, " ab ": 2}  # of four, and for want of five
    near = letters.letters([("pay", "invoice"), ("invoice", "pay"), ("tree",), ()])
    assert near[0, 1] == pytest.approx(1)
    assert near[0, 2] == near[0, 3] == near[3, 3] == 0
    one, two = letters.whole_words([("pay", "tree"), ("pay",), ("tree",), ("x",)])[0, 1:3]
    assert one == pytest.approx(two) == pytest.approx(1 / sqrt(2))  # both words stand in two texts of four


def test_spelling_knows_words_in_any_order_and_nothing_of_silence() -> None:
    found = spelling.spelling(["record invoice", "invoice record", "invoice recrod", "", ""])
    assert found[0, 1] == pytest.approx(1)
    assert found[0, 2] == pytest.approx(1 - 2 / 28)  # one letter out and in again, of 28
    assert found[3, 4] == found[0, 3] == 0


def test_what_is_near_to_everything_is_no_nearer_to_any_one() -> None:
    near = np.array([[1, 0.9, 0.1, 0.9], [0.9, 1, 0.1, 0.1], [0.1, 0.1, 1, 0.1], [0.9, 0.1, 0.1, 1]], dtype=np.float32)
    there = np.ones(4, dtype=bool)
    scores = hubs.against_all(near.copy(), there)
    # of the first: 0.9, 0.1, 0.9 with mean 0.6333 and deviation 0.3771; of the second: 0.9, 0.1, 0.1
    assert scores[0, 1] == pytest.approx(((0.9 - 0.63333) / 0.37712 + (0.9 - 0.36667) / 0.37712) / 2, abs=1e-3)
    assert scores[0, 0] == 0
    assert not hubs.against_all(near.copy(), np.array([True, True, False, False])).any()
    assert hubs.neighbour_ranks(near)[0, 1] == 0
    assert hubs.neighbour_ranks(near)[1, 2] == pytest.approx(0)  # all are equally near to the third


def test_meanings_lose_what_all_have_in_common() -> None:
    rows = meaning.directions(["invoice pay", "invoice record", "invoice tree", ""], known_words)
    assert (rows[:3] @ rows[:3].T)[0, 1] < 0.01  # "invoice" is gone
    assert not rows[3].any()


def test_record_against_pay_is_the_residual() -> None:
    texts = [("pay", "invoice"), ("record", "invoice"), ("settle", "invoice"), ("pay", "invoice"), ()]
    meanings = residual.WordMeanings(texts, known_words)
    rare = {"pay": 1.0, "record": 1.0, "settle": 1.0, "invoice": 1.0}
    told = residual.unshared(texts, rare, [(0, 1), (0, 2), (0, 3), (0, 4)], meanings)
    assert told.residual[1] > told.residual[0]
    assert (told.residual[2], told.aligned[2], told.weakest[2]) == pytest.approx((1, 1, 1))
    assert (told.residual[3], told.aligned[3], told.weakest[3]) == (0, 0, 0)
    assert told.weakest[0] < told.weakest[1] < 1
    assert told.aligned[1] == pytest.approx((1 + told.weakest[1]) / 2)  # of two words the one is shared


def test_words_lose_versions_departments_and_what_all_say() -> None:
    pilots = [
        pilot(1, "Claims", name="Reader v2 2026", purpose="This pilot: Reads mail of Claims", activities=("READ_IT",)),
        pilot(2, "Claims", name="claims payer", purpose="This pilot: pays claims"),
        *(pilot(n, "Law", name=f"Thing{n}", purpose="This pilot: x") for n in range(3, 9)),
    ]
    texts = texts_of(pilots)
    assert texts.shared == {"this", "pilot", "x"}
    assert texts.fields["name"][:2] == (("reader",), ("claims", "payer"))
    assert texts.fields["purpose"][:3] == (("reads", "mail", "of"), ("pays", "claims"), ("this", "pilot", "x"))
    assert texts.written["activity"][0] == "Read it"
    assert words_of("Straße-prüfen, 2x") == ("strasse", "prüfen", "2x")


def test_a_name_that_a_person_linked_counts_as_the_mined_one() -> None:
    one = pilot(1, activities=("Rechnung zahlen", "File"))
    assert task_keys(one, {(1, "rechnung zahlen"): "Pay Invoice"}) == {"pay invoice", "file"}
    assert task_keys(one, {(2, "rechnung zahlen"): "Pay Invoice"}) == {"rechnung zahlen", "file"}


words = st.sampled_from(["pay", "invoice", "record", "tree", "cut", "Baum", "fällen", "school"])
said = st.lists(words, min_size=1, max_size=3).map(" ".join)
drawn_pilots = st.lists(st.tuples(said, said, st.one_of(st.none(), said), st.sampled_from("XY")), max_size=7)


@settings(max_examples=30, deadline=None)
@given(drawn_pilots, st.randoms(use_true_random=False))
def test_the_order_of_pilots_changes_nothing(drawn: list[Any], mix: Any) -> None:
    pilots = [pilot(n, u, name=a, activities=(b,), purpose=c) for n, (a, b, c, u) in enumerate(drawn)]
    mixed = mix.sample(pilots, len(pilots))
    for encoder in (None, known_words):
        one, other = pair_table(pilots, encoder), pair_table(mixed, encoder)
        assert one.pair_keys() == other.pair_keys()
        assert np.array_equal(one.values, other.values)
        assert all(a < b for a, b in one.pair_keys())


def test_the_weights_are_of_known_features_and_readable() -> None:
    for there, names in ((True, tuple(FEATURES)), (False, LEXICAL)):
        weights = shipped(there)
        assert set(weights.names) == set(names)
        assert (weights.scale > 0).all()
        assert weights.log_odds(weights.names, weights.centre[None, :])[0] == pytest.approx(weights.base)


@pytest.mark.skipif(find_encoder() is None, reason="needs the extra `overlap`")
def test_the_encoder_knows_the_same_work_in_two_languages() -> None:
    encoder = find_encoder()
    assert encoder is not None
    rows = encoder(["Translate the manual", "Die Bedienungsanleitung übersetzen", "Inspect the boiler", ""])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1, 0], abs=1e-3)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.1


def test_a_text_is_read_once_and_few_texts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    from inventory.overlap import encoder

    read: list[str] = []

    class Model:
        """Tells what it reads; the direction of a text begins with its length."""

        def encode(self, texts: list[str]) -> list[list[float]]:
            read.extend(texts)
            return [[float(len(text))] + [0.0] * 511 for text in texts]

    monkeypatch.setattr(encoder, "_model", Model)
    monkeypatch.setattr(encoder, "_lately", {})
    monkeypatch.setattr(encoder, "_MOST", 3)
    assert encoder._encode(["pay", "", "read", "pay"])[:, 0].tolist() == [3, 0, 4, 3]
    assert encoder._encode(["read", "order"])[:, 0].tolist() == [4, 5]
    assert read == ["pay", "read", "order"]
    assert encoder._encode(["cut"])[:, 0].tolist() == [3]  # makes room
    assert encoder._encode(["pay"])[:, 0].tolist() == [3]
    assert read == ["pay", "read", "order", "cut", "pay"]
