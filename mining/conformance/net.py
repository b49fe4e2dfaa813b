"""Petri nets as frozen values, and the net of a process tree or of a list of traces.

Places hold at most one token (the net is *safe*), so a marking is a set of places, kept as the bits of an integer.
A net is made small before anything is aligned with it: silent transitions that change no trace are folded away
(T. Murata, "Petri nets: properties, analysis and applications", 1989).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.errors import BadInput
from core.tree import Operator, ProcessTree

MOST_PLACES = 20_000
"""Of a net of chosen traces: a marking is as many bits, and each transition has two, so that memory grows with the
square."""


@dataclass(frozen=True)
class Transition:
    """A transition; its places are bits."""

    label: str | None  # the activity; None when it is silent
    takes: int
    gives: int


@dataclass(frozen=True)
class Net:
    """A safe Petri net with one initial and one final marking."""

    places: int
    transitions: tuple[Transition, ...]
    initial: int
    final: int

    def labels(self) -> frozenset[str]:
        """The activities that it has."""
        return frozenset(t.label for t in self.transitions if t.label is not None)


@dataclass
class _Arcs:
    """A transition while the net is being built."""

    label: str | None
    takes: set[int]
    gives: set[int]


@dataclass
class Builder:
    """A net while it is being built."""

    places: int = 0
    transitions: list[_Arcs] = field(default_factory=list)

    def place(self) -> int:
        """A new place."""
        self.places += 1
        return self.places - 1

    def add(self, label: str | None, takes: Iterable[int], gives: Iterable[int]) -> None:
        """Add a transition."""
        self.transitions.append(_Arcs(label, set(takes), set(gives)))

    def net(self, initial: Iterable[int], final: Iterable[int]) -> Net:
        """The net, made small, its places numbered anew."""
        first, last = set(initial), set(final)
        while _fold(self.transitions, first, last):
            pass
        used = sorted({p for t in self.transitions for p in t.takes | t.gives} | first | last)
        bit = {place: 1 << number for number, place in enumerate(used)}
        unique = dict.fromkeys(
            Transition(t.label, _bits(t.takes, bit), _bits(t.gives, bit)) for t in self.transitions
        )  # the same transition twice is one
        return Net(len(used), tuple(unique), _bits(first, bit), _bits(last, bit))


def net_of_tree(tree: ProcessTree) -> Net:
    """The net that allows exactly the traces of `tree`."""
    builder = Builder()
    start, end = builder.place(), builder.place()
    _block(builder, tree, start, end)
    return builder.net({start}, {end})


def net_of_traces(traces: Sequence[tuple[str, ...]]) -> Net:
    """The net that allows exactly `traces`: a tree of their beginnings, what ends alike shared.

    Raises BadInput where it would have more than MOST_PLACES places. Ends are shared from the last activity on (J.
    Daciuk and others, "Incremental construction of minimal acyclic finite-state automata", 2000), so time grows with
    the activities in `traces`, not with the square of a trace.
    """
    nodes = _beginnings(traces)
    same: dict[tuple[bool, tuple[tuple[str, int], ...]], int] = {}
    place_of = [0] * len(nodes)
    for number in range(len(nodes) - 1, -1, -1):  # what follows a node stands behind it
        following, ends = nodes[number]
        shape = (ends, tuple(sorted((label, place_of[child]) for label, child in following.items())))
        place_of[number] = same.setdefault(shape, len(same))
    if len(same) > MOST_PLACES:
        raise BadInput(
            f"These variants are too long to be a model: it would have {len(same):,} steps, and at most "
            f"{MOST_PLACES:,} can be searched. Choose fewer variants, or check against a workflow map."
        )
    return _acyclic(same, place_of[0])


def _beginnings(traces: Iterable[tuple[str, ...]]) -> list[tuple[dict[str, int], bool]]:
    """The tree of all beginnings of `traces`: of each what follows it, and whether a trace ends there."""
    following: list[dict[str, int]] = [{}]
    ends = set()
    for trace in traces:
        at = 0
        for activity in trace:
            if activity not in following[at]:
                following[at][activity] = len(following)
                following.append({})
            at = following[at][activity]
        ends.add(at)
    return [(after, number in ends) for number, after in enumerate(following)]


def _acyclic(shapes: Mapping[tuple[bool, tuple[tuple[str, int], ...]], int], first: int) -> Net:
    """The net with a place for each of `shapes`: whether a trace can end there, and the places that follow."""
    builder = Builder()
    final = shapes[True, ()] if (True, ()) in shapes else len(shapes)
    builder.places = len(shapes) + 1
    for (ends, following), place in reversed(list(shapes.items())):
        for label, child in following:
            builder.add(label, {place}, {child})
        if ends and following:
            builder.add(None, {place}, {final})
    return builder.net({first}, {final})


def with_fewer_silent(net: Net) -> Net:
    """A net of the same traces, no larger than `net`, with fewer silent transitions; a search visits far fewer of its
    markings.

    A silent transition from one place to one other is left out, and each transition that takes its token from there
    gets a copy that takes it from the earlier place: who goes on makes the choice. It is done where transitions do not
    become more, because each costs time in every marking. A case may then wait where it would have been stuck, so a
    net whose soundness is to be judged is judged before.
    """
    transitions = list(net.transitions)
    gone: set[Transition] = set()  # none comes back, so this ends
    again = True
    while again:
        again = False
        for silent in [t for t in transitions if t.label is None]:
            fewer = _without(silent, transitions, net)
            if fewer is not None and len(fewer) <= len(net.transitions) and gone.isdisjoint(fewer):
                gone.add(silent)
                transitions = fewer
                again = True
    return Net(net.places, tuple(transitions), net.initial, net.final)


def _without(silent: Transition, transitions: Sequence[Transition], net: Net) -> list[Transition] | None:
    """`transitions` of the same traces without `silent`, one of them; None where it has to stay."""
    place, target = silent.takes, silent.gives
    if place.bit_count() != 1 or target.bit_count() != 1 or target & net.final or silent not in transitions:
        return None
    others = [t for t in transitions if t != silent]
    takers = [t for t in others if t.takes & target]
    if any(t.takes & place for t in takers):
        return None
    if not target & net.initial and not any(t.gives & target for t in others):
        others = [t for t in others if not t.takes & target]  # no token ever gets there now
    copies = [Transition(t.label, t.takes & ~target | place, t.gives) for t in takers]
    return list(dict.fromkeys([*others, *(t for t in copies if t.label is not None or t.takes != t.gives)]))


def bits(marking: int) -> Iterator[int]:
    """The places in `marking`."""
    while marking:
        low = marking & -marking
        yield low.bit_length() - 1
        marking ^= low


def _bits(places: Iterable[int], bit: dict[int, int]) -> int:
    return sum(bit[place] for place in places)


def _block(builder: Builder, tree: ProcessTree, start: int, end: int) -> None:
    """Add `tree` between the places `start` and `end`."""
    match tree.operator:
        case Operator.SILENT:
            builder.add(None, {start}, {end})
        case Operator.TASK:
            builder.add(tree.label, {start}, {end})
        case Operator.CHOICE:
            for child in tree.children:
                _block(builder, child, start, end)
        case Operator.SEQUENCE:
            between = [start, *(builder.place() for _ in tree.children[1:]), end]
            for child, before, after in zip(tree.children, between, between[1:], strict=False):
                _block(builder, child, before, after)
        case Operator.PARALLEL:
            pairs = [(builder.place(), builder.place()) for _ in tree.children]
            builder.add(None, {start}, {before for before, _ in pairs})
            for child, (before, after) in zip(tree.children, pairs, strict=True):
                _block(builder, child, before, after)
            builder.add(None, {after for _, after in pairs}, {end})
        case Operator.LOOP:
            before, after = builder.place(), builder.place()
            builder.add(None, {start}, {before})
            _block(builder, tree.children[0], before, after)
            _block(builder, tree.children[1], after, before)
            builder.add(None, {after}, {end})


def _fold(transitions: list[_Arcs], initial: set[int], final: set[int]) -> bool:
    """Fold one silent transition into its neighbours where no trace changes; False where there is none left."""
    for silent in transitions:
        if silent.label is not None:
            continue
        if silent.takes == silent.gives:
            transitions.remove(silent)
            return True
        if _fold_forward(transitions, silent, initial, final) or _fold_back(transitions, silent, initial, final):
            return True
    return False


def _fold_forward(transitions: list[_Arcs], silent: _Arcs, initial: set[int], final: set[int]) -> bool:
    """The only thing that can follow a token in its place is `silent`: who puts the token there does its work too."""
    if len(silent.takes) != 1:
        return False
    (place,) = silent.takes
    if place in final or place in silent.gives or any(place in t.takes for t in transitions if t is not silent):
        return False
    makers = [t for t in transitions if place in t.gives]
    if any(t.gives & silent.gives for t in makers) or (place in initial and initial & silent.gives):
        return False
    for maker in makers:
        maker.gives = maker.gives - {place} | silent.gives
    if place in initial:
        initial.remove(place)
        initial.update(silent.gives)
    transitions.remove(silent)
    return True


def _fold_back(transitions: list[_Arcs], silent: _Arcs, initial: set[int], final: set[int]) -> bool:
    """The only way to get a token into its place is `silent`: who takes the token from there does its work too."""
    if len(silent.gives) != 1:
        return False
    (place,) = silent.gives
    if place in initial or place in silent.takes or any(place in t.gives for t in transitions if t is not silent):
        return False
    takers = [t for t in transitions if place in t.takes]
    if any(t.takes & silent.takes for t in takers) or (place in final and (takers or final & silent.takes)):
        return False
    if place in final and any(p in t.takes for t in transitions if t is not silent for p in silent.takes):
        return False  # the case could go on from its end
    for taker in takers:
        taker.takes = taker.takes - {place} | silent.takes
    if place in final:
        final.remove(place)
        final.update(silent.takes)
    transitions.remove(silent)
    return True


def repeatable(net: Net) -> frozenset[str]:
    """The activities that `net` allows more than once in a case."""
    number_of = {label: number for number, label in enumerate(sorted(net.labels()))}
    takers: dict[int, list[int]] = {}
    for number, t in enumerate(net.transitions):
        for place in bits(t.takes):
            takers.setdefault(place, []).append(number)
    after = [{taker for place in bits(t.gives) for taker in takers.get(place, ())} for t in net.transitions]
    own = [0 if t.label is None else 1 << number_of[t.label] for t in net.transitions]
    later = _later(after, own)
    return frozenset(
        t.label for number, t in enumerate(net.transitions) if t.label is not None and later[number] & own[number]
    )


def _later(after: Sequence[Iterable[int]], own: Sequence[int]) -> list[int]:
    """Of each transition the activities, as bits, of all that can come after it."""
    later = [0] * len(after)
    before: dict[int, list[int]] = {}
    for number, following in enumerate(after):
        for follower in following:
            before.setdefault(follower, []).append(number)
    pending = list(range(len(after)))  # the last first: in a net without loops each is then looked at about once
    while pending:
        number = pending.pop()
        reached = 0
        for follower in after[number]:
            reached |= own[follower] | later[follower]
        if reached != later[number]:
            later[number] = reached
            pending += before.get(number, ())
    return later
