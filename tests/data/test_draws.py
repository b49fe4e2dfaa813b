"""The draws behind the samples."""

from __future__ import annotations

import statistics

from data.draws import Draws


def test_the_same_seed_gives_the_same_numbers() -> None:
    first, second = Draws(7, "orders"), Draws(7, "orders")
    assert [first.unit() for _ in range(5)] == [second.unit() for _ in range(5)]
    assert Draws(7, "orders").unit() != Draws(8, "orders").unit()


def test_half_of_what_is_drawn_around_a_median_lies_below_it() -> None:
    draws = Draws(1)
    values = [draws.around(10.0, 0.8) for _ in range(4_000)]
    assert min(values) > 0
    assert 9.5 < statistics.median(values) < 10.5
    assert statistics.mean(values) > 11  # the tail is on the right


def test_weights_are_kept() -> None:
    draws = Draws(2)
    picked = [draws.weighted([("a", 3.0), ("b", 1.0)]) for _ in range(4_000)]
    assert 0.72 < picked.count("a") / len(picked) < 0.78


def test_everything_between_stays_between() -> None:
    draws = Draws(3)
    assert all(2 <= draws.between(2, 5) < 5 for _ in range(1_000))
    assert {draws.pick("abc") for _ in range(200)} == set("abc")
