"""A process that aligns traces with a net in r4pm, one request a line on its standard input.

It runs by its path, not as a module of the package, so that it starts quickly. It is a process because r4pm holds
Python's lock while it searches: in a thread it would stop everything else, and nothing could stop it. What takes only a
moment is answered by `answer` in the process that asks.

The first line is the net: `{"net": ..., "labels": {transition: label or null}, "numbers": {transition: number}}`. Every
further line is `{"traces": [[activity, ...], ...], "most_states": number}` and is answered by one line: for each trace
`[cost, [move, ...]]`, or null where the search gave up. A move is the number of the transition that was taken together
with the trace's next activity, -1 - that number where the model alone moves, or "log" where the trace alone moves.
Silent transitions are left out.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

COST = {"log_move_cost": 1, "model_move_cost": 1, "silent_move_cost": 0, "sync_move_cost": 0}


def main() -> None:
    """Answer requests until standard input ends; `sys.argv[1]` names the file that r4pm is to read from."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    scratch = Path(sys.argv[1])
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    model = json.loads(sys.stdin.readline())
    for line in sys.stdin:
        replies.write(json.dumps(answer(model, json.loads(line), scratch)) + "\n")
        replies.flush()


def answer(model: dict[str, Any], request: dict[str, Any], scratch: Path) -> Any:
    """The alignments of one request, or `{"error": ...}`."""
    try:
        return _aligned(model, request, scratch)
    except BaseException as error:  # noqa: BLE001 - a panic of r4pm is no Exception; the parent reports every failure
        return {"error": str(error)}


def _aligned(model: dict[str, Any], request: dict[str, Any], scratch: Path) -> list[Any]:
    import r4pm
    from r4pm.bindings import align_variants

    traces = request["traces"]
    names = sorted({activity for trace in traces for activity in trace})
    number = {name: place for place, name in enumerate(names)}
    projection = {
        "activities": names,
        "act_to_index": number,
        "traces": [[[number[activity] for activity in trace], 1] for trace in traces],
    }
    scratch.write_text(json.dumps(projection), encoding="utf-8")
    item = r4pm.import_item("EventLogActivityProjection", str(scratch))
    try:
        options: Any = {"cost_fn": COST, "max_states": request["most_states"]}
        found = align_variants(model["net"], item, options)
    finally:
        r4pm.remove_item(item)
    by_trace = {tuple(one["activities"]): one["result"].get("Ok") for one in found}
    return [_compact(by_trace.get(tuple(trace)), model) for trace in traces]


def _compact(result: dict[str, Any] | None, model: dict[str, Any]) -> list[Any] | None:
    if result is None:
        return None
    numbers, labels = model["numbers"], model["labels"]
    moves: list[Any] = []
    for move in result["moves"]:
        if (both := move.get("SyncMove")) is not None:
            moves.append(numbers[both["transition"]])
        elif (alone := move.get("ModelMove")) is None:
            moves.append("log")
        elif labels[alone["transition"]] is not None:
            moves.append(-1 - numbers[alone["transition"]])
    return [result["cost"], moves]


if __name__ == "__main__":
    main()
