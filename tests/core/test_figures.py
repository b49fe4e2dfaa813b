"""Shares and changes in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures import per_cent, signed_per_cent


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0 %"), (1.0, "100 %"), (0.5, "50 %"), (0.034, "3.4 %"), (0.1, "10 %"), (0.99, "99 %"), (0.994, "99.4 %"),
        (0.001, "0.1 %"), (0.0004, "< 0.1 %"), (0.9996, "> 99.9 %"), (1.5, "150 %"),
    ],
)  # fmt: skip
def test_a_share_in_words(share: float, said: str) -> None:
    assert per_cent(share) == said


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_a_share_is_never_rounded_to_nothing_or_to_all(share: float) -> None:
    assert per_cent(share) not in ("0 %", "0.0 %", "100 %", "100.0 %")


@pytest.mark.parametrize(
    ("change", "said"),
    [(-0.2, "−20 %"), (0.034, "+3.4 %"), (0.0, "0 %"), (-0.0001, "0 %"), (0.0996, "+10 %"), (11.9, "+1,190 %")],
)
def test_a_change_in_words(change: float, said: str) -> None:
    assert signed_per_cent(change) == said
