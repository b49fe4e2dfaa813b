"""What stands around a place of an alignment, without going through the moves again for each place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mining.conformance.align import Move, MoveKind

_Near = list[tuple[int, int]]


class Around:
    """The nearest moves of one kind on either side of each place of an alignment; made in one pass a side."""

    def __init__(self, moves: Sequence[Move]) -> None:
        self._moves = moves
        places = range(len(moves))
        self._left = {kind: _nearest(moves, places, kind) for kind in (MoveKind.BOTH, MoveKind.LOG)}
        self._right = {kind: _nearest(moves, reversed(places), kind) for kind in (MoveKind.BOTH, MoveKind.LOG)}

    def before(self, place: int) -> str | None:
        """The activity of the nearest move of both before `place`; None where case and model start there."""
        return self._activity(self._left[MoveKind.BOTH][place][0])

    def after(self, place: int) -> str | None:
        """The activity of the nearest move of both after `place`; None where case and model end there."""
        return self._activity(self._right[MoveKind.BOTH][place][0])

    def between(self, log: int, model: int) -> str | None:
        """The activity of the case that stands between the two moves, nearest to the model's, and is another than
        theirs; what the model does too comes first. None without one."""
        mine = self._moves[log].activity
        side = self._left if log < model else self._right
        for kind in (MoveKind.BOTH, MoveKind.LOG):
            for near in side[kind][model]:
                inside = log < near < model if log < model else model < near < log
                if inside and self._moves[near].activity != mine:
                    return self._moves[near].activity
        return None

    def _activity(self, place: int) -> str | None:
        return self._moves[place].activity if place >= 0 else None


def _nearest(moves: Sequence[Move], places: Iterable[int], kind: MoveKind) -> _Near:
    """For each place the nearest place of `kind` passed before it, and the nearest one with another activity than that
    one; -1 where there is none."""
    found: _Near = [(-1, -1)] * len(moves)
    near = other = -1
    for place in places:
        found[place] = (near, other)
        if moves[place].kind is kind:
            if near >= 0 and moves[near].activity != moves[place].activity:
                other = near
            near = place
    return found
