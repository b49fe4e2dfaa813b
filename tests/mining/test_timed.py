"""The process tree within a time limit: the tree of the miner itself, an end in words, and a selection's own tree."""

from __future__ import annotations

import pytest

from core.errors import BadInput, TandemError
from core.selection.filters import ActivityFilter
from core.selection.selection import Selection
from core.view import View
from core.workspace import Workspace
from mining.map.inductive import discover_tree
from mining.map.timed import discover_timed, mine_timed
from mining.map.variant import Variant
from tests.builders import staged_log

VARIANTS = (Variant(("a", "b", "c"), 5), Variant(("a", "c", "b"), 3), Variant(("a", "d"), 2))


def test_the_tree_is_that_of_the_miner() -> None:
    assert mine_timed(VARIANTS, 0.0) == discover_tree(VARIANTS, 0.0)


def test_what_takes_too_long_is_ended_in_words() -> None:
    with pytest.raises(TandemError, match="took longer than 0 s and was ended"):
        mine_timed(VARIANTS, 0.0, most_seconds=0.0)


def test_whoever_waits_can_end_it() -> None:
    def stop(_seconds: float, variants: int) -> None:
        assert variants == 3
        raise InterruptedError

    with pytest.raises(InterruptedError):
        mine_timed(VARIANTS, 0.0, tick=stop)


def test_a_bad_noise_is_said(ws: Workspace) -> None:
    with pytest.raises(TandemError, match="noise threshold is `2`"):
        mine_timed(VARIANTS, 2)


def test_a_selection_has_a_tree_of_its_own(ws: Workspace) -> None:
    rows = [
        (case, a, None, f"2026-01-0{n} 08:00") for case, t in (("1", "ab"), ("2", "ac")) for n, a in enumerate(t, 1)
    ]
    version = staged_log(ws, rows)
    found = discover_timed(ws, View(version.log, selection=Selection((ActivityFilter(activities=("c",)),))))
    assert (str(found.tree), found.variants, found.cases, found.left_out) == ("->( 'a', 'c' )", 1, 1, ())
    nothing = Selection((ActivityFilter(activities=("b", "c"), all=True),))
    with pytest.raises(BadInput, match="leave no case"):
        discover_timed(ws, View(version.log, selection=nothing))
