"""Advice corrected by what came of earlier expectations: the ratio of measured to expected benefit, in the open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import comb

from inventory.ledger.values import LedgerCorrection, ScoredEntry

BENEFITS = ("monthly_benefit", "hours_saved_a_month")
NEEDED = 6  # below this no interval by order statistics reaches 95 %
LEVEL = 0.95


def correction(scored: Iterable[ScoredEntry]) -> LedgerCorrection:
    """The correction that these entries bear. Only expected benefits above 0 count, each by its latest score."""
    return correct([
        last.measured / one.entry.expected.value
        for one in scored
        if one.entry.expected.metric in BENEFITS and one.entry.expected.value > 0
        and (last := one.last) is not None and last.measured is not None
    ])  # fmt: skip


def correct(ratios: Sequence[float]) -> LedgerCorrection:
    """The median of `ratios`, its interval, and the factor: none as long as the interval has 1.

    The interval reaches from the k-th smallest to the k-th greatest ratio, the narrowest that holds the median with at
    least 95 % (Conover, Practical Nonparametric Statistics, 1999, section 3.2). A factor is never below 0.
    """
    n, ordered = len(ratios), sorted(ratios)
    if n < NEEDED:
        words = f"{n} of {NEEDED} expected benefits were scored that a correction needs: claims stand as they are."
        return LedgerCorrection(n, NEEDED, None, None, None, None, words)
    rank = _rank(n)
    low, high = ordered[rank - 1], ordered[n - rank]
    ratio = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    said = f"Measured benefits were {ratio:.2f} times the expected ({low:.2f} to {high:.2f}, {n} entries)"
    if low <= 1 <= high:
        return LedgerCorrection(n, NEEDED, ratio, low, high, None, f"{said}: no clear bias, claims stand as they are.")
    factor = max(0.0, ratio)
    words = f"{said}: claimed and estimated benefits are multiplied by {factor:.2f} in new suggestions."
    return LedgerCorrection(n, NEEDED, ratio, low, high, factor, words)


def _rank(n: int) -> int:
    """The greatest k from 1 whose interval from the k-th smallest to the k-th greatest holds the median with LEVEL."""
    k, tail = 1, 2.0**-n
    while k < n / 2 and 1 - 2 * (tail + comb(n, k) * 2.0**-n) >= LEVEL:
        tail += comb(n, k) * 2.0**-n
        k += 1
    return k
