"""How cases flow through each activity, counted from variants: as seen, and as redrawn by the bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mining.allocation.formulas.entropy import entropy_bits
from mining.map.variant import Variant


@dataclass(frozen=True)
class Flows:
    """Figures of every activity, one row for each way the cases are weighted, one column for each activity."""

    activities: tuple[str, ...]
    cases: Any  # cases with it
    instances: Any
    opens: Any  # cases that begin with it
    next_bits: Any  # entropy of what follows; nan where it is not there
    before_bits: Any
    every: Any  # all cases, one a row

    def column(self, activity: str) -> int:
        """Which column is that of `activity`."""
        return self.activities.index(activity)


class FlowCounter:
    """Counts the flows of variants; the matrices are built once, so that a thousand weightings cost little."""

    def __init__(self, variants: Sequence[Variant]) -> None:
        import numpy as np
        from scipy.sparse import csr_matrix

        self.cases = np.array([variant.cases for variant in variants], dtype=float)
        self.activities = tuple(sorted({step for variant in variants for step in variant.trace}))
        number = {activity: n for n, activity in enumerate(self.activities)}
        outer = len(number)  # stands for the start and for the end of a case
        present: dict[tuple[int, int], float] = {}
        instances: dict[tuple[int, int], float] = {}
        opens: dict[tuple[int, int], float] = {}
        pairs: dict[tuple[int, int], float] = {}
        pair_no: dict[tuple[int, int], int] = {}
        for row, variant in enumerate(variants):
            steps = [number[step] for step in variant.trace]
            for step in steps:
                present[row, step] = 1.0
                instances[row, step] = instances.get((row, step), 0.0) + 1
            if steps:
                opens[row, steps[0]] = 1.0
            for pair in zip([outer, *steps], [*steps, outer], strict=True):
                at = row, pair_no.setdefault(pair, len(pair_no))
                pairs[at] = pairs.get(at, 0.0) + 1

        def matrix(counts: dict[tuple[int, int], float], columns: int) -> Any:
            rows = ([r for r, _ in counts], [c for _, c in counts])
            return csr_matrix((list(counts.values()), rows), shape=(len(variants), columns)).T.tocsr()

        self._present, self._instances = matrix(present, outer), matrix(instances, outer)
        self._opens, self._pairs = matrix(opens, outer), matrix(pairs, len(pair_no))
        ones = np.ones(len(pair_no))
        order = list(pair_no)
        self._sources, self._targets = (
            csr_matrix((ones, ([pair[side] for pair in order], range(len(order)))), shape=(outer + 1, len(order)))
            for side in (0, 1)
        )

    def count(self, weights: Any = None) -> Flows:
        """The flows where each variant has as many cases as `weights` says, a row each; None: as many as it has."""
        import numpy as np

        given = np.atleast_2d(self.cases if weights is None else weights).astype(float)
        pairs = (self._pairs @ given.T).T
        return Flows(
            self.activities,
            cases=(self._present @ given.T).T,
            instances=(self._instances @ given.T).T,
            opens=(self._opens @ given.T).T,
            next_bits=entropy_bits(pairs, self._sources)[:, :-1],
            before_bits=entropy_bits(pairs, self._targets)[:, :-1],
            every=given.sum(axis=1),
        )

    def redrawn(self, times: int, seed: int) -> Flows:
        """The flows of `times` bootstrap samples: as many cases, each drawn from all with putting back.

        B. Efron, Bootstrap Methods: Another Look at the Jackknife, Annals of Statistics 7, 1979.
        """
        import numpy as np

        total = int(self.cases.sum())
        draw = np.random.default_rng(seed).multinomial(total, self.cases / self.cases.sum(), size=times)
        return self.count(draw)
