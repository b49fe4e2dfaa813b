"""How grave a finding is: by what it makes of figures and by the share that it touches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import Consequence, Severity
from ingest.soundness.weight import consequence_of, gravity, severity

WRONG, MISLEADING, KNOW = Consequence.WRONG, Consequence.MISLEADING, Consequence.WORTH_KNOWING
SHARES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("consequence", "share", "grave"),
    [
        (WRONG, 1 / 1_000_000, Severity.NOTE),  # one bad row of a million
        (WRONG, 0.0009, Severity.NOTE),
        (WRONG, 0.001, Severity.WARNING),
        (WRONG, 0.0099, Severity.WARNING),
        (WRONG, 0.01, Severity.SERIOUS),
        (WRONG, 0.5, Severity.SERIOUS),  # half a log
        (MISLEADING, 0.0099, Severity.NOTE),
        (MISLEADING, 0.01, Severity.WARNING),
        (MISLEADING, 0.49, Severity.WARNING),
        (MISLEADING, 0.5, Severity.SERIOUS),
        (KNOW, 1.0, Severity.NOTE),
    ],
)
def test_consequence_and_share_weigh_together(consequence: Consequence, share: float, grave: Severity) -> None:
    assert severity(consequence, share) is grave


@given(st.sampled_from(Consequence), SHARES, SHARES)
def test_more_of_it_is_never_less_grave(consequence: Consequence, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert gravity(severity(consequence, high)) <= gravity(severity(consequence, low))


@given(SHARES)
def test_what_makes_figures_wrong_is_never_less_grave_than_what_makes_them_mislead(share: float) -> None:
    order = [gravity(severity(consequence, share)) for consequence in (WRONG, MISLEADING, KNOW)]
    assert order == sorted(order)


def test_a_missing_value_misleads_only_where_a_figure_is_made_of_the_column() -> None:
    assert consequence_of(MISLEADING, "missing_values", "performer") is MISLEADING
    assert consequence_of(MISLEADING, "missing_values", "@note") is KNOW
    assert consequence_of(MISLEADING, "far_dates", None) is MISLEADING
