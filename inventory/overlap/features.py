"""What tells whether two pilots do the same work, as numbers: one row a pair, one column a feature of FEATURES."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from inventory import labels
from inventory.overlap import letters, meaning, rarity, residual, spelling
from inventory.overlap.encoder import Encoder
from inventory.overlap.hubs import against_all, neighbour_ranks
from inventory.overlap.texts import FIELDS, Texts, texts_of
from inventory.overlap.values import Column, Matrix
from inventory.values import Pilot, TouchedKind

FEATURES: dict[str, str] = {  # what a person reads in the file of weights
    "task": "the same activity, by rarity, 0 to 1",
    "words": "the same words anywhere, by rarity, 0 to 1",
    "letters_name": "the same letters in the names, against all others",
    "letters_activity": "the same letters in the activities, against all others",
    "letters_purpose": "the same letters in the purposes, against all others",
    "letters_all": "the same letters anywhere, against all others",
    "spelling_name": "names spelled alike, 0 to 1",
    "spelling_activity": "activities spelled alike, 0 to 1",
    "letters_rank": "how near among each other's neighbours by letters, 0 is the nearest",
    "systems": "the same systems, by rarity, 0 to 1",
    "data": "the same data, by rarity, 0 to 1",
    "department": "the same department",
    "meaning_name": "names of near meaning, against all others",
    "meaning_activity": "activities of near meaning, against all others",
    "meaning_purpose": "purposes of near meaning, against all others",
    "meaning_all": "all words together of near meaning, against all others",
    "meaning_best": "the nearest of name, activity and purpose of one to any of the other, against all others",
    "meaning_least": "the least near of name, activity and purpose, against all others",
    "meaning_rank": "how near among each other's neighbours by meaning, 0 is the nearest",
    "residual": "what they say beyond the words that both have is of near meaning",
    "aligned": "each word has a word of near meaning in the other",
    "weakest": "the word with the least fellow in the other: record against pay",
}
LEXICAL = tuple(name for name in list(FEATURES)[:12])
NEIGHBOURS = 25  # of each pilot, by each of the orders in which candidates are sought


@dataclass(frozen=True)
class PairTable:
    """The pairs that are worth a look, with what tells of them."""

    ids: tuple[int, ...]  # of the pilots, rising
    names: tuple[str, ...]  # of the columns
    pairs: tuple[tuple[int, int], ...]  # places in `ids`, the lower first, rising
    values: NDArray[np.float64]  # pairs x names
    shared: frozenset[str]  # words that so many have that they were left out

    def pair_keys(self) -> tuple[tuple[int, int], ...]:
        """The pilot ids of every pair, the lower first."""
        return tuple((self.ids[i], self.ids[j]) for i, j in self.pairs)


def pair_table(
    pilots: Sequence[Pilot],
    encoder: Encoder | None,
    task_of: Mapping[tuple[int, str], str] | None = None,
    also: Collection[tuple[int, int]] = (),
) -> PairTable:
    """The features of every pair of `pilots` that is near in any order, and of the pairs `also` (pilot ids).

    Each pilot brings its NEIGHBOURS nearest by letters and by meaning, and all that have a rare activity of its own.
    `task_of` says which mined activity a name stands for, by pilot and key of the name, where a person linked it.
    The order in which pilots are given changes nothing.
    """
    known = sorted(pilots, key=lambda p: p.id)
    if len(known) < 2:
        names = LEXICAL if encoder is None else tuple(FEATURES)
        return PairTable(tuple(p.id for p in known), names, (), np.zeros((0, len(names))), frozenset())
    texts = texts_of(known)
    tasks = [task_keys(p, task_of or {}) for p in known]
    matrices = _lexical(known, texts, tasks)
    orders = [matrices["letters_all"], matrices["letters_activity"], matrices["task"]]
    if encoder is not None:
        matrices |= _meanings(texts, encoder)
        orders += [matrices["meaning_all"], matrices["meaning_best"], matrices["meaning_activity"]]
    place = {pilot.id: n for n, pilot in enumerate(known)}
    wanted = {(min(place[a], place[b]), max(place[a], place[b])) for a, b in also if a in place and b in place}
    pairs = _candidates(orders, wanted)
    first, second = np.array([p[0] for p in pairs], dtype=int), np.array([p[1] for p in pairs], dtype=int)
    columns: dict[str, Column] = {name: m[first, second].astype(np.float64) for name, m in matrices.items()}
    if encoder is not None:
        columns |= _unshared(texts, pairs, encoder)
    names = tuple(name for name in FEATURES if name in columns)
    values = np.column_stack([columns[name] for name in names]) if pairs else np.zeros((0, len(names)))
    return PairTable(tuple(p.id for p in known), names, tuple(pairs), values, texts.shared)


def task_keys(pilot: Pilot, task_of: Mapping[tuple[int, str], str]) -> frozenset[str]:
    """The keys of the activities that a pilot names, each replaced by that of the mined one it was linked to."""
    keys = (labels.key(label) for label in pilot.facts.activities)
    return frozenset(labels.key(task_of.get((pilot.id, key), key)) for key in keys)


def _lexical(pilots: Sequence[Pilot], texts: Texts, tasks: Sequence[Collection[str]]) -> dict[str, Matrix]:
    everything = texts.everything()
    there = {field: np.array([bool(words) for words in texts.fields[field]]) for field in FIELDS}
    found = {"task": rarity.shared_weight(tasks), "words": letters.whole_words(everything)}
    raw = {field: letters.letters(texts.fields[field]) for field in FIELDS}
    scores = _filled({field: against_all(raw[field], there[field]) for field in FIELDS}, there)
    found |= {f"letters_{field}": scores[field] for field in FIELDS}
    found["letters_all"] = against_all(letters.letters(everything), np.ones(len(pilots), dtype=bool))
    for field in ("name", "activity"):
        found[f"spelling_{field}"] = spelling.spelling(texts.joined(field))
    found["letters_rank"] = neighbour_ranks(found["letters_all"])
    for name, kind in (("systems", TouchedKind.SYSTEM), ("data", TouchedKind.DATA)):
        found[name] = rarity.shared_weight([{labels.key(x) for x in p.facts.touched(kind)} for p in pilots])
    units = np.array([labels.key(p.facts.department) for p in pilots])
    found["department"] = (units[:, None] == units[None, :]).astype(np.float32)
    return found


def _meanings(texts: Texts, encoder: Encoder) -> dict[str, Matrix]:
    there = {field: np.array([bool(words) for words in texts.fields[field]]) for field in FIELDS}
    rows = {field: meaning.directions(texts.written[field], encoder) for field in FIELDS}
    every = meaning.nearness(texts.whole(), encoder)
    scores = {field: against_all(np.asarray(rows[field] @ rows[field].T), there[field]) for field in FIELDS}
    filled = _filled(scores, there)
    found = {f"meaning_{field}": filled[field] for field in FIELDS}
    everybody = np.ones(len(every), dtype=bool)
    found["meaning_all"] = against_all(every, everybody)
    found["meaning_least"] = np.minimum.reduce([filled[field] for field in FIELDS])
    best = np.full_like(every, -1)
    for one in FIELDS:
        for other in FIELDS:
            both = there[one][:, None] & there[other][None, :]
            best = np.maximum(best, np.where(both, rows[one] @ rows[other].T, np.float32(-1)))
    found["meaning_best"] = against_all(np.maximum(best, best.T), everybody)
    found["meaning_rank"] = neighbour_ranks(found["meaning_all"])
    return found


def _filled(scores: Mapping[str, Matrix], there: Mapping[str, NDArray[np.bool_]]) -> dict[str, Matrix]:
    """Where a field is missing on either side, the mean of those fields that both have: silence is no evidence."""
    known = {field: there[field][:, None] & there[field][None, :] for field in scores}
    total = sum(np.where(known[field], scores[field], 0) for field in scores)
    number = sum(known[field].astype(np.float32) for field in scores)
    mean = np.asarray(total) / np.maximum(np.asarray(number), 1)
    return {field: np.where(known[field], scores[field], mean).astype(np.float32) for field in scores}


def _unshared(texts: Texts, pairs: Sequence[tuple[int, int]], encoder: Encoder) -> dict[str, Column]:
    """Of activities, where both name one, else of names and purposes."""
    everything = texts.everything()
    rare = rarity.rarities([set(words) for words in everything])
    meanings = residual.WordMeanings(everything, encoder)
    acts, names = texts.fields["activity"], texts.fields["name"]
    both = np.array([bool(acts[i]) and bool(acts[j]) for i, j in pairs], dtype=bool)
    rest, least = np.zeros(len(pairs)), np.zeros(len(pairs))
    for words, where in ((acts, both), (names, ~both)):
        rows = np.flatnonzero(where)
        told = residual.unshared(words, rare, [pairs[int(row)] for row in rows], meanings)
        rest[rows], least[rows] = told.residual, told.weakest
    whole = residual.unshared(everything, rare, pairs, meanings)
    return {"residual": rest, "aligned": whole.aligned, "weakest": least}


def _candidates(orders: Sequence[Matrix], also: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places of pairs that are near in any of `orders`, and `also`, rising; of few pilots all pairs."""
    number = len(orders[0])
    if number <= NEIGHBOURS:
        return list(combinations(range(number), 2))
    found = set(also)
    for order in orders:
        masked = np.array(order, dtype=np.float32)
        np.fill_diagonal(masked, -np.inf)
        # what ties with the last neighbour is in too, unless it is far from everything: places must not decide
        least = np.sort(masked, axis=1)[:, -NEIGHBOURS]
        near = (masked >= least[:, None]) & (masked > 0)
        rows, columns = np.nonzero(near)
        found |= {(int(min(i, j)), int(max(i, j))) for i, j in zip(rows, columns, strict=True)}
    return sorted(found)
