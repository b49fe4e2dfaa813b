"""The weights of the features: read from weights.json, which `python -m benchmarks.overlap_fit` writes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from inventory.overlap.values import Column


@dataclass(frozen=True)
class Weights:
    """A logistic model: log-odds = base + sum of weight x (value - centre) / scale."""

    base: float
    names: tuple[str, ...]
    weight: Column
    centre: Column
    scale: Column
    shown_from: float  # mean log-odds within a cluster from which pilots are told as the same work

    def standard(self, names: Sequence[str], values: np.ndarray) -> np.ndarray:
        """`values`, columns called `names`, in this model's order, each less its centre and by its scale."""
        order = [list(names).index(name) for name in self.names]
        return np.asarray((values[:, order] - self.centre) / self.scale)

    def log_odds(self, names: Sequence[str], values: np.ndarray) -> Column:
        """Natural log-odds that each pair does the same work."""
        return np.asarray(self.base + self.standard(names, values) @ self.weight, dtype=np.float64)


@lru_cache(maxsize=2)
def shipped(encoder: bool) -> Weights:
    """The weights that Tandem brings: with the sentence encoder, or for words and letters alone."""
    text = files(__package__).joinpath("weights.json").read_text("utf-8")
    return from_dict(json.loads(text)["with_encoder" if encoder else "lexical"])


def from_dict(told: Mapping[str, object]) -> Weights:
    """The weights as weights.json tells them."""
    rows = told["features"]
    assert isinstance(rows, list)
    column = {key: np.array([row[key] for row in rows], dtype=np.float64) for key in ("weight", "centre", "scale")}
    names = tuple(str(row["name"]) for row in rows)
    return Weights(float(str(told["base"])), names, **column, shown_from=float(str(told["shown_from"])))
