"""What is known of a difference: a mixture of normals, one for each point of a grid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kpi.verdict.values import RatioEstimate

if TYPE_CHECKING:
    from kpi.verdict.values import Numbers


@dataclass(frozen=True, eq=False)
class Posterior:
    """A mixture of normal distributions."""

    weights: Numbers
    means: Numbers
    variances: Numbers

    @property
    def mean(self) -> float:
        """Its mean."""
        return float(self.weights @ self.means)

    @property
    def error(self) -> float:
        """Its standard deviation."""
        return float(np.sqrt(self.weights @ (self.variances + self.means**2) - self.mean**2))

    def below(self, limit: float) -> float:
        """The probability of less than `limit`."""
        from scipy.special import ndtr

        return float(self.weights @ ndtr((limit - self.means) / np.sqrt(self.variances)))

    def widened(self, variance: float) -> Posterior:
        """The same with `variance` more, of something independent that was taken out before."""
        return replace(self, variances=self.variances + variance)

    def estimate(self) -> RatioEstimate:
        """Its mean, standard error, 95 % interval and two-sided p value of no difference."""
        p = 2 * min(self.below(0.0), 1 - self.below(0.0))
        return RatioEstimate(self.mean, self.error, self._quantile(0.025), self._quantile(0.975), min(p, 1.0))

    def _quantile(self, share: float) -> float:
        low, high = self.mean - 20 * self.error, self.mean + 20 * self.error
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if self.below(middle) < share else (low, middle)
        return (low + high) / 2
