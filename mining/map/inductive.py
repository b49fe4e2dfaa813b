"""Discovery of a process tree by pm4py's inductive miner, from variants only: the events never leave DuckDB.

Inductive miner: S. J. J. Leemans, D. Fahland, W. M. P. van der Aalst, "Discovering block-structured process models
from event logs" (2013) without noise, and "... containing infrequent behaviour" (2014) with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from core.errors import BadInput
from core.tree import Operator, ProcessTree
from mining.map.variant import Variant


def discover_tree(found: Sequence[Variant], noise: float = 0.0) -> ProcessTree:
    """The process tree of `found`; `noise` from 0 to 1 is the share below which infrequent paths are not followed.

    It is the tree that pm4py discovers from the events, and the same every time. Raises BadInput for a noise that
    is not a share, and where there is no variant.
    """
    if not 0 <= noise <= 1:
        raise BadInput(f"The noise threshold is `{noise}`; it must be a share from 0 to 1, such as 0.2.")
    if not found:
        raise BadInput("There is no case to discover a process tree from. Take a filter out.")
    # The miner goes through sets of labels, and Python shuffles strings in sets from process to process but not small
    # integers; it also sorts labels. Hence it sees each activity's rank among the sorted names.
    names = sorted({activity for variant in found for activity in variant.trace})
    rank = {name: number for number, name in enumerate(names)}
    traces: Counter[tuple[int, ...]] = Counter()
    for variant in found:
        traces[tuple(rank[activity] for activity in variant.trace)] += variant.cases
    return convert(_mine(traces, names, noise))


def convert(tree: Any) -> ProcessTree:
    """A process tree of pm4py as ours."""
    if tree.operator is None:
        return ProcessTree(Operator.SILENT) if tree.label is None else ProcessTree(Operator.TASK, tree.label)
    operator = {
        "SEQUENCE": Operator.SEQUENCE,
        "XOR": Operator.CHOICE,
        "PARALLEL": Operator.PARALLEL,
        "LOOP": Operator.LOOP,
    }[tree.operator.name]
    return ProcessTree(operator, None, tuple(convert(child) for child in tree.children))


def _mine(traces: Counter[tuple[int, ...]], names: Sequence[str], noise: float) -> Any:
    from pm4py.objects.process_tree.utils import generic

    from mining.map.long_traces import Miner, NoiseMiner, structure

    parameters = {"noise_threshold": noise, "multiprocessing": False}
    miner = NoiseMiner(parameters) if noise > 0 else Miner(parameters)
    tree = miner.apply(structure(traces), parameters)
    _rename(tree, names)
    tree = generic.fold(tree)
    generic.tree_sort(tree)
    return tree


def _rename(tree: Any, names: Sequence[str]) -> None:
    if tree.label is not None:
        tree.label = names[tree.label]
    for child in tree.children:
        _rename(child, names)
