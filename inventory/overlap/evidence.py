"""What people answered, as a weight on pairs: never a hard link, so that a wrong answer can be outvoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from inventory.overlap.features import PairTable
from inventory.overlap.learning import fit
from inventory.overlap.values import Column, PairKey, TickAnswer
from inventory.overlap.weights import Weights

VOTE = 4.0  # log-odds of one answer on the pair itself: as if 1.8 % of what people say were wrong
LESSON = 0.3  # how much one answered pair counts in moving the weights; pairs of one list are not independent
SLACK, BASE_SLACK = 0.25, 0.7  # standard deviations with which weights and base may move


@dataclass(frozen=True)
class Votes:
    """What was answered on one pair."""

    same: int = 0
    different: int = 0

    @property
    def net(self) -> int:
        """Answers that say the same work, less those that say other work."""
        return self.same - self.different


def votes(answers: Sequence[TickAnswer]) -> dict[PairKey, Votes]:
    """What all `answers` say of each pair they speak of.

    Two that are ticked do the same work; one that is ticked and one that is not do other work; two that are not ticked
    are told nothing of, unless nothing was ticked: then no two do the same. Of one person's answers on a pair the
    newest counts, so that nobody outvotes others by answering often; answers of nobody known all count.
    """
    said: dict[PairKey, dict[object, bool]] = defaultdict(dict)
    for place, answer in enumerate(answers):
        ticked = set(answer.ticked) if len(answer.ticked) > 1 else set()
        for a, b in combinations(sorted(set(answer.asked)), 2):
            held = (a in ticked) + (b in ticked)
            if held or not ticked:
                said[a, b][answer.by or place] = held == 2
    return {key: Votes(sum(by.values()), len(by) - sum(by.values())) for key, by in said.items()}


def log_odds(table: PairTable, weights: Weights, voted: Mapping[PairKey, Votes]) -> dict[PairKey, float]:
    """Natural log-odds that each pair of `table` does the same work, with what was answered.

    The weights move a little towards the answers (see `learning.fit`); then each answer adds VOTE to its own pair, for
    or against. One more answer that two do the same work never lowers the log-odds of these two, and the reverse.
    """
    keys = table.pair_keys()
    standard = weights.standard(table.names, table.values)
    base = np.concatenate([[weights.base], weights.weight])
    moved = _moved(standard, keys, base, voted)
    odds = moved[0] + standard @ moved[1:]
    return {
        key: float(value) + VOTE * voted[key].net if key in voted else float(value)
        for key, value in zip(keys, odds, strict=True)
    }


def _moved(standard: np.ndarray, keys: Sequence[PairKey], base: Column, voted: Mapping[PairKey, Votes]) -> Column:
    rows, same = [], []
    for row, key in enumerate(keys):
        found = voted.get(key, Votes())
        rows += [row] * (found.same + found.different)
        same += [True] * found.same + [False] * found.different
    if not rows:
        return base
    slack = np.concatenate([[BASE_SLACK], np.full(len(base) - 1, SLACK)])
    trust = np.full(len(rows), LESSON)
    return fit(standard[rows], np.array(same), trust, base, slack)
