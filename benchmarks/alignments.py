"""Optimal alignments of real logs with their own model, beside pm4py's, in the same run and with equal costs.

`python -m benchmarks.alignments [log ...]`. Both sides align the distinct variants of the imported log, never the
events, with the same process tree (inductive miner, noise 0.2); each has its own Petri net of it. pm4py runs in one
process with its default (A* with the state equation) and its other exact variants; `multi_processing` fails on two
cores. Libraries are imported before the clock starts. Tandem's figures run from variants to alignments, starting
processes included. What takes less than a second is timed five times, on both sides, and the median counts. Ratios are
those of CPU seconds, the processes' included: what else the machine does then hits neither side. Where all variants
would take pm4py more than about 15 minutes, both get the same random sample of them.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from core.actor.values import local
from core.settings import Settings
from core.tree import ProcessTree
from core.workspace import open_workspace
from ingest import import_log
from mining.conformance.align import Trace, align
from mining.conformance.net import net_of_tree
from mining.map.inductive import discover_tree
from mining.map.variant import Variant, variants
from tests.mining.peers import as_frame, as_pm4py

LOGS = {
    "road_traffic_fines": ("road_traffic_fines/road_fine.xes.gz", None),
    "bpic2012": ("bpic2012/BPI_Challenge_2012.xes.gz", 200),  # variants that pm4py is given; None: all
}
NOISE = 0.2
TARGET = 30.0
QUICK = 1.0  # seconds
ROUNDS = 5  # of what is quick
SHARED = Path(__file__).parents[2] / "shared" / "logs"
EXACT = ("VERSION_DIJKSTRA_LESS_MEMORY", "VERSION_STATE_EQUATION_A_STAR", "VERSION_DIJKSTRA_NO_HEURISTICS")


def main() -> int:
    """Print seconds and ratios; 1 where a target is missed."""
    warnings.simplefilter("ignore")
    sys.__dict__["_pm4py_welcome_shown"] = True  # no banner
    import pm4py  # noqa: F401
    import r4pm.bindings  # noqa: F401

    missed = []
    for name in sys.argv[1:] or LOGS:
        path, most = SHARED / LOGS[name][0], LOGS[name][1]
        if not path.exists():
            print(f"{name}: the log is not here (`../shared/logs`)")
            continue
        if compare(name, path, most) < TARGET:
            missed.append(name)
    return 1 if missed else 0


def compare(name: str, path: Path, most: int | None) -> float:
    """How many times faster Tandem is than pm4py's fastest exact variant on one log."""
    found, tree = variants_and_tree(path)
    print(
        f"\n{name}: {len(found):,} variants of {sum(v.cases for v in found):,} cases; {len(set(tree.labels()))} tasks"
    )
    sample = found if most is None or most >= len(found) else random.Random(2012).sample(found, most)
    whole, _ = timed(lambda: ours(tree, found))
    print(f"Tandem, all {len(found):,} variants                     {whole[0]:9.3f} s   ({whole[1]:.3f} s of CPU)")
    mine = whole
    if len(sample) < len(found):
        mine, _ = timed(lambda: ours(tree, sample))
        print(f"Tandem, random sample of {len(sample)} variants            {mine[0]:9.3f} s   ({mine[1]:.3f} s of CPU)")
    costs = ours(tree, sample)
    fastest = float("inf")
    for variant in EXACT:
        spent, theirs = timed(lambda variant=variant: pm4pys(tree, sample, variant))  # type: ignore[misc]
        assert theirs == [costs[v.trace] for v in sample], f"costs differ: {variant}"
        print(f"pm4py {variant:<35} {spent[0]:9.3f} s   ({spent[1]:.3f} s of CPU), equal costs")
        fastest = min(fastest, spent[1])
    print(
        f"CPU of pm4py's fastest exact variant to Tandem's: {fastest / mine[1]:.1f} times faster (target {TARGET:.0f})"
    )
    return fastest / mine[1]


def variants_and_tree(path: Path) -> tuple[Sequence[Variant], ProcessTree]:
    """The variants of the imported log, and the tree that both sides align with."""
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder:
        ws = open_workspace(Settings(home=Path(folder)))
        import_log(ws, path, by=local(ws.settings.user))
        with ws.logs.read(ws.logs.versions()[0]) as connection:
            found = variants(connection)
        ws.close()
    return found, discover_tree(found, NOISE)


def ours(tree: ProcessTree, found: Sequence[Variant]) -> dict[Trace, int]:
    """The cost of each variant, through r4pm."""
    aligned = align(net_of_tree(tree), [(v.trace, v.cases) for v in found])
    assert len(aligned) == len(found), f"{len(found) - len(aligned)} variants were not aligned"
    return {trace: alignment.cost for trace, alignment in aligned.items()}


def pm4pys(tree: ProcessTree, found: Sequence[Variant], variant: str) -> list[int]:
    """The cost of each variant, through pm4py."""
    import pm4py
    from pm4py.algo.conformance.alignments.petri_net import algorithm

    net = pm4py.convert_to_petri_net(as_pm4py(tree))
    aligned = algorithm.apply(
        as_frame([v.trace for v in found]), *net, variant=algorithm.Variants[variant],
        parameters={"show_progress_bar": False},
    )  # fmt: skip
    return [one["cost"] // 10_000 for one in aligned]


def timed(work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Seconds and CPU seconds, those of processes it started included, and the answer; medians where it is quick."""
    spent: list[tuple[float, float]] = []
    while len(spent) < ROUNDS:
        began, cpu = time.perf_counter(), _cpu()
        answer = work()
        spent.append((time.perf_counter() - began, _cpu() - cpu))
        if spent[0][0] >= QUICK:
            break
    return (statistics.median(s for s, _ in spent), statistics.median(c for _, c in spent)), answer


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


if __name__ == "__main__":
    sys.exit(main())
