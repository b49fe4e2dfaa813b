"""A model whose activities are spelled as the log spells them: labels that differ by blanks alone are one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from core.labels import label_key
from mining.conformance.model import Model


def spelled_as(model: Model, logged: Iterable[str]) -> Model:
    """`model` with the log's spelling, where one of the activities `logged` is the model's but for blanks.

    `logged` stands by falling frequency: of two spellings in the log the first is taken. A label that the log has as it
    stands is left alone.
    """
    names = list(logged)
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(label_key(name), name)
    exact = set(names)
    said = {*model.net.labels(), *(known.activity for known in model.known), *(task for task, _ in model.lanes)}
    spelling = {label: by_key[label_key(label)] for label in said if label not in exact and label_key(label) in by_key}
    return _spelled(model, spelling) if spelling else model


def _spelled(model: Model, spelling: Mapping[str, str]) -> Model:
    transitions = tuple(
        t if t.label is None else replace(t, label=spelling.get(t.label, t.label)) for t in model.net.transitions
    )
    return replace(
        model,
        net=replace(model.net, transitions=transitions),
        known=tuple(replace(known, activity=spelling.get(known.activity, known.activity)) for known in model.known),
        lanes=tuple((spelling.get(task, task), lane) for task, lane in model.lanes),
    )
