"""Answers weigh and never link; clusters agree on the whole; lists ask where it teaches."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventory import Status, TickAnswer
from inventory.overlap.asking import doubt_of, next_lists
from inventory.overlap.clustering import clusters
from inventory.overlap.evidence import VOTE, Votes, votes
from inventory.overlap.finding import chance, find, find_overlaps
from inventory.overlap.learning import fit
from inventory.overlap.precision import precision_so_far, wilson
from inventory.overlap.values import PairKey
from tests.inventory.sheets import pilot

NAMES = ("pay invoice", "Rechnung zahlen", "invoice payment", "cut tree", "tree cutting", "read mail", "mail reader")
PILOTS = tuple(pilot(n, "XY"[n % 2], name=name, activities=(name,)) for n, name in enumerate(NAMES, 1))


def test_what_an_answer_says_of_each_pair() -> None:
    told = votes([TickAnswer((1, 2, 3, 4), (1, 2))])
    assert told[1, 2] == Votes(same=1)
    assert {k for k, v in told.items() if v == Votes(different=1)} == {(1, 3), (1, 4), (2, 3), (2, 4)}
    assert (3, 4) not in told
    assert set(votes([TickAnswer((1, 2, 3), ())]).values()) == {Votes(different=1)}


def test_of_one_person_the_newest_answer_counts() -> None:
    first, then = TickAnswer((1, 2), (1, 2), by="Ada"), TickAnswer((1, 2), (), by="Ada")
    assert votes([first, then])[1, 2] == Votes(different=1)
    assert votes([first, TickAnswer((1, 2), (), by="Bob")])[1, 2] == Votes(1, 1)


def test_one_strong_link_joins_nothing_that_the_others_contradict() -> None:
    odds: dict[PairKey, float] = {(1, 2): 3, (3, 4): 3, (2, 3): 5, (1, 3): -6, (1, 4): -6, (2, 4): -6}
    # 2 and 3 join first; then 1 with them has (3 - 6) / 2 and 4 the same: both stay out
    assert clusters((1, 2, 3, 4), odds) == ((2, 3),)
    assert clusters((1, 2, 3, 4), {**odds, (2, 3): 2}) == ((1, 2), (3, 4))
    assert clusters((1, 2, 3), {(1, 2): 1, (2, 3): 1}) == ((1, 2),)  # 1 and 3 are near in no order
    assert clusters((1, 2, 3), {(1, 2): 1, (2, 3): 1, (1, 3): 1}) == ((1, 2, 3),)


@given(st.dictionaries(st.sampled_from(list(combinations(range(6), 2))), st.floats(-6, 6)), st.floats(-1, 2))
def test_clusters_share_no_pilot_and_agree_on_the_mean(odds: dict[PairKey, float], least: float) -> None:
    found = clusters(range(6), odds, least)
    assert len({one for c in found for one in c}) == sum(map(len, found))
    assert found == clusters(tuple(reversed(range(6))), dict(reversed(odds.items())), least)
    for one in found:
        if len(one) == 2:
            assert odds[one[0], one[1]] > least


def test_weights_stay_where_nothing_is_said_and_follow_what_is() -> None:
    start, slack = np.array([-1.0, 0.5]), np.array([1.0, 1.0])
    none = fit(np.zeros((0, 1)), np.zeros(0, dtype=bool), np.zeros(0), start, slack)
    assert none == pytest.approx(start)
    # one answer at 0: the base b minimises log(1 + exp(-b)) + (b + 1)^2 / 2, so b + 1 = 1 / (1 + exp(b))
    base = fit(np.zeros((1, 1)), np.array([True]), np.ones(1), start, slack)[0]
    assert base + 1 == pytest.approx(1 / (1 + np.exp(base)), abs=1e-4)


pairs = st.tuples(st.integers(1, 7), st.integers(1, 7)).filter(lambda p: p[0] != p[1])
lists = st.lists(st.integers(1, 7), min_size=2, max_size=6, unique=True)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(lists, st.booleans()), max_size=3), pairs)
def test_an_answer_never_moves_its_own_pair_the_other_way(before: list[Any], pair: tuple[int, int]) -> None:
    given_ = [TickAnswer(tuple(a), tuple(a[:2]) if tick else ()) for a, tick in before]
    key = (min(pair), max(pair))
    odds = find(PILOTS, given_).odds[key]
    more = find(PILOTS, [*given_, TickAnswer(key, key)]).odds[key]
    less = find(PILOTS, [*given_, TickAnswer(key, ())]).odds[key]
    assert less < odds < more
    assert more - odds >= VOTE - 1e-6


def test_an_answer_is_no_hard_link() -> None:
    wrong = TickAnswer((1, 4), (1, 4))
    right = [TickAnswer((1, 4), (), by=name) for name in ("Ada", "Bob")]
    odds = find(PILOTS, [wrong, *right]).odds
    assert odds[1, 4] < find(PILOTS, [wrong]).odds[1, 4]
    assert not any({1, 4} <= set(c) for c in find(PILOTS, [wrong, *right]).clusters)


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_pilots_changes_no_proposal(mix: Any) -> None:
    answers = [TickAnswer((1, 2, 4), (1, 2), by="Ada")]
    assert find_overlaps(mix.sample(PILOTS, len(PILOTS)), answers) == find_overlaps(PILOTS, answers)


def test_a_list_is_grown_where_doubt_is_and_no_pair_is_asked_twice() -> None:
    assert doubt_of(0) == 1
    assert doubt_of(60) == pytest.approx(0, abs=1e-9)
    odds: dict[PairKey, float] = {(1, 2): 0.0, (2, 3): 0.1, (1, 3): -0.1, (4, 5): -4.0, (5, 6): -0.2}
    assert next_lists(odds, {}, size=3) == ((1, 2, 3),)
    assert next_lists(odds, {}, 3, size=3) == ((1, 2, 3), (4, 5, 6))
    said = {key: Votes(3, 0) for key in ((1, 2), (2, 3), (1, 3))}
    assert next_lists(odds, said, size=2) == ((5, 6),)
    assert next_lists({}, {}) == ()


def test_precision_is_told_as_it_stands() -> None:
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=1e-3)
    unaided: dict[PairKey, float] = {(1, 2): 2.0, (3, 4): 2.0, (5, 6): 2.0, (1, 5): -3.0}
    voted = {(1, 2): Votes(2, 1), (3, 4): Votes(0, 1), (5, 6): Votes(1, 1), (1, 5): Votes(1, 0)}
    found = precision_so_far(range(1, 7), unaided, voted, 0.0, 4)
    assert (found.shown, found.confirmed, found.share, found.tick_lists) == (2, 1, 0.5, 4)
    assert precision_so_far(range(1, 7), unaided, {}, 0.0, 0).share is None


def test_a_cluster_adds_costs_by_currency_and_says_what_is_known() -> None:
    facts: dict[str, Any] = {"name": "Invoice reader", "activities": ("Read invoice",), "purpose": "Reads invoices"}
    alike = [
        pilot(1, "X", **facts, monthly_cost=10.0, currency="EUR", users=3),
        pilot(2, "Y", **facts, monthly_cost=5.0, currency="USD"),
        *PILOTS[3:],
    ]
    (found,) = [c for c in find_overlaps(alike, [TickAnswer((1, 2), (1, 2))]).clusters if 1 in c.pilots]
    assert (found.pilots, found.departments, found.statuses) == ((1, 2), ("X", "Y"), ("unknown", "unknown"))
    assert [(c.currency, c.amount) for c in found.costs] == [("EUR", 10.0), ("USD", 5.0)]
    assert (found.costs_known, found.users, found.users_known, found.answered) == (2, 3, 1, 1)
    assert any("`Read invoice`" in reason for reason in found.reasons)
    assert found.probability == pytest.approx(chance(find(alike, [TickAnswer((1, 2), (1, 2))]).odds[1, 2]))


def test_without_the_encoder_that_is_said_and_stopped_pilots_are_left_out() -> None:
    stopped = [replace(p, facts=replace(p.facts, status=Status.STOPPED)) for p in PILOTS[:2]]
    found = find_overlaps([*stopped, *PILOTS[2:]], [TickAnswer((1, 2), (1, 2))])
    assert found.encoder is None
    assert "words and letters alone" in found.note
    assert {1, 2}.isdisjoint({one for o in found.pairs for one in (o.first, o.second)})
    assert find_overlaps([]).pairs == ()
    assert find_overlaps(PILOTS[:1]).clusters == ()
