"""A process that discovers one process tree: variants come in on standard input, the tree goes out as JSON.

It is a process because the miner holds Python's lock while it works: in a thread nothing could end it in time.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    """Answer `{"noise": ..., "variants": [[cases, [activity, ...]], ...]}` with the tree."""
    from mining.map.inductive import discover_tree
    from mining.map.variant import Variant

    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print must not stand in the answer
    asked = json.load(sys.stdin)
    tree = discover_tree([Variant(tuple(trace), cases) for cases, trace in asked["variants"]], asked["noise"])
    with answer:
        json.dump(tree.to_dict(), answer)


if __name__ == "__main__":
    main()
