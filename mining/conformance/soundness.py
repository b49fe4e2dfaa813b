"""Whether a net can be aligned with: no place ever holds two tokens, the end can be reached, nothing gets stuck."""

from __future__ import annotations

from core.errors import BadInput
from mining.conformance.net import Net

MOST_MARKINGS = 50_000


def check(net: Net, name: str) -> None:
    """Raise BadInput, naming the model `name`, where a case can get stuck, end twice, or run two tokens into one place.

    Of a net with more than MOST_MARKINGS markings the first are looked at.
    """
    before: dict[int, set[int]] = {net.initial: set()}
    pending = [net.initial]
    while pending and len(before) < MOST_MARKINGS:
        marking = pending.pop()
        followers = [t for t in net.transitions if marking & t.takes == t.takes]
        if not followers and marking != net.final:
            raise BadInput(
                f"In `{name}` a case can get stuck: parallel branches do not meet, or a join waits for a branch that "
                "was not taken. Join every parallel gateway's branches with a parallel gateway, every choice with an "
                "exclusive one."
            )
        for t in followers:
            rest = marking & ~t.takes
            if rest & t.gives or (marking == net.final):
                raise BadInput(
                    f"In `{name}` the same step can be reached by two branches at once"
                    f"{f', such as `{t.label}`' if t.label else ''}: a parallel gateway's branches are joined by an "
                    "exclusive gateway, a task, or several ends. Join them with a parallel gateway."
                )
            reached = rest | t.gives
            if reached not in before:
                before[reached] = set()
                pending.append(reached)
            before[reached].add(marking)
    if not pending:
        _ends(before, net, name)


def _ends(before: dict[int, set[int]], net: Net, name: str) -> None:
    """Raise BadInput unless the end can be reached from everywhere."""
    seen = {net.final}
    pending = [net.final] if net.final in before else []
    while pending:
        for earlier in before[pending.pop()] - seen:
            seen.add(earlier)
            pending.append(earlier)
    if not before.keys() <= seen:
        raise BadInput(
            f"In `{name}` a case can run into a part from which the end cannot be reached. Give every loop a way out."
        )
