"""Decisions by facts that come with the case: the intake puts the path into the context, rules read it from there.

`context.scenario` is an object by node id. For a choice it lists the number of the child to take at each visit, for a
loop the number of times to go round again at each visit. Where a scenario says nothing, a choice takes the child that
the log saw most often and a loop is left: still a rule, never chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.tree import Operator, ProcessTree
from orchestrator.machine.advance import advance
from orchestrator.machine.deciding import LEAVE, ONCE_MORE
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.machine.values import (
    Decided,
    DecidedBy,
    DecisionSpec,
    OpenItem,
    RunState,
    RunStatus,
    Started,
    TaskCompleted,
    Workflow,
)

_LIMIT = 20_000  # steps of the search for a scenario before it is given up


def default_decisions(
    tree: ProcessTree, counts: Mapping[str, int] | None = None, *, role: str | None = None
) -> dict[str, DecisionSpec]:
    """A decision by `context.scenario` for every choice and loop of `tree`, by node.

    `counts` says how often the log saw each activity; `role` is asked where a scenario cannot be read.
    """
    decisions = {}
    for node, found in tree.nodes():
        if found.operator is Operator.CHOICE:
            rules = tuple(f"{_told(node)} && {_value(node)} == {n}" for n in range(len(found.children)))
            otherwise = _usual(found, counts or {})
        elif found.operator is Operator.LOOP:
            rules, otherwise = (f"{_told(node)} && rounds <= {_value(node)}",), LEAVE
        else:
            continue
        decisions[node] = DecisionSpec(node, DecidedBy.RULE, rules, otherwise, role)
    return decisions


def _value(node: str) -> str:
    return f'context.scenario["{node}"][visits - 1]'


def _told(node: str) -> str:
    known = f'has(context.scenario) && "{node}" in context.scenario'
    return f'{known} && size(context.scenario["{node}"]) >= visits'


def _usual(choice: ProcessTree, counts: Mapping[str, int]) -> int:
    """The child that the log saw most often; without counts the first that does something."""
    seen = [max((counts.get(label, 0) + 1 for label in child.labels()), default=0) for child in choice.children]
    return seen.index(max(seen))


def scenario_of(tree: ProcessTree, trace: Sequence[str]) -> dict[str, list[int]] | None:
    """The scenario under which a run of `tree` does the tasks of `trace`; None where none was found.

    None means that the trace does not fit the tree, or that the search was given up after many steps. Between parallel
    branches the order stays with whoever does the tasks. Of a trace, give only the activities that the tree has.
    """
    flow = _asking(tree, rounds=len(trace) + 2)
    paths = [_Path(advance(flow, RunState(), Started({}))[0])]
    seen: set[tuple[int, frozenset[str]]] = set()
    while paths and len(seen) < _LIMIT:
        path = paths.pop()
        if path.state.status is RunStatus.COMPLETED and path.done == len(trace):
            return _scenario(path.decided)
        if path.place not in seen:
            seen.add(path.place)
            paths.extend(reversed(list(_onward(flow, path, trace))))
    return None


@dataclass(frozen=True)
class _Path:
    """One way into the tree: where it led, how much of the trace it did, what was decided (node, visit, child)."""

    state: RunState
    done: int = 0
    decided: tuple[tuple[str, int, int], ...] = ()

    @property
    def place(self) -> tuple[int, frozenset[str]]:
        """Where it stands: the same nodes open and the same tasks done lead on in the same ways, however reached."""
        return self.done, frozenset(item.node for item in self.state.items.values())


def _asking(tree: ProcessTree, rounds: int) -> Workflow:
    """A workflow over `tree` that leaves everything to whoever drives it."""
    tasks = {
        node: TaskSpec(node, found.label, Doer.PERSON, "", "", "", "")
        for node, found in tree.nodes()
        if found.label is not None
    }
    branching = (node for node, found in tree.nodes() if found.operator in (Operator.CHOICE, Operator.LOOP))
    asked = {node: DecisionSpec(node, DecidedBy.PERSON) for node in branching}
    return Workflow("", 0, tree, tasks, asked, 1.0, "", 0, 0, "", max_loop=rounds)


def _onward(flow: Workflow, path: _Path, trace: Sequence[str]) -> Iterator[_Path]:
    """The ways on from `path`, the likeliest first: decisions as soon as they are due, then the next task."""
    left = trace[path.done :]
    items = path.state.items.values()
    tasks = [item for item in items if item.node in flow.tasks]
    if any(flow.tasks[item.node].label not in left for item in tasks):
        return
    decision = next((item for item in items if item.node not in flow.tasks), None)
    if decision is not None:
        yield from _decisions(flow, path, decision, left)
        return
    for item in tasks:
        if left and flow.tasks[item.node].label == left[0]:
            state, _ = advance(flow, path.state, TaskCompleted(item.item, item.attempt))
            yield _Path(state, path.done + 1, path.decided)


def _decisions(flow: Workflow, path: _Path, item: OpenItem, left: Sequence[str]) -> Iterator[_Path]:
    for child in _likeliest(flow.tree.at(item.node), left):
        state, _ = advance(flow, path.state, Decided(item.item, child))
        yield _Path(state, path.done, (*path.decided, (item.node, path.state.visits[item.node], child)))


def _likeliest(tree: ProcessTree, left: Sequence[str]) -> list[int]:
    """What can be decided at `tree`, the child that the rest of the trace speaks for first."""
    if tree.operator is Operator.LOOP:
        return [ONCE_MORE, LEAVE] if set(left) & set(tree.labels()) else [LEAVE]
    first = {label: len(left) - n for n, label in enumerate(reversed(left), start=1)}
    ahead = [min((first.get(label, len(left)) for label in c.labels()), default=len(left)) for c in tree.children]
    return sorted(range(len(ahead)), key=lambda child: (ahead[child], len(tree.children[child].labels())))


def _scenario(decided: Sequence[tuple[str, int, int]]) -> dict[str, list[int]]:
    """What was decided as a scenario. Summed, because a loop is decided once a round and a choice once a visit."""
    scenario: dict[str, list[int]] = {}
    for node, visit, child in decided:
        told = scenario.setdefault(node, [])
        told.extend([0] * (visit - len(told)))
        told[visit - 1] += child
    return scenario
