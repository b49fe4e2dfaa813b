"""Seeded draws that come out the same on every platform and in every Python version."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """Numbers from one seed.

    Only `Random.random` is used: it is the one method whose sequence Python promises never to change.
    """

    def __init__(self, *seed: int | str) -> None:
        self._random = Random("/".join(map(str, seed)))

    def unit(self) -> float:
        """A number from 0 up to, not including, 1."""
        return self._random.random()

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.unit() < probability

    def between(self, low: float, high: float) -> float:
        """A number between `low` and `high`, each as likely."""
        return low + (high - low) * self.unit()

    def pick(self, options: Sequence[T]) -> T:
        """One of `options`, each as likely."""
        return options[int(self.unit() * len(options))]

    def weighted(self, options: Sequence[tuple[T, float]]) -> T:
        """One of `options`, each as likely as its weight says."""
        rest = self.unit() * sum(weight for _, weight in options)
        for option, weight in options:
            rest -= weight
            if rest < 0:
                return option
        return options[-1][0]

    def normal(self) -> float:
        """A number from a bell curve around 0 with deviation 1: twelve uniform numbers added, within 6 of 0."""
        return sum(self.unit() for _ in range(12)) - 6.0

    def around(self, median: float, spread: float) -> float:
        """A positive number with a long tail to the right (log-normal), half of them below `median`."""
        return median * math.exp(spread * self.normal())
