"""Who of the performers of real logs is called software, against what is known of them: precision and recall.

`python -m benchmarks.performers [--logs FOLDER] [--every]`. Known: performer 112 of BPI Challenge 2012 is a
system and SYSTEM of 2020 is one; Siebel of 2013 bears the name of a product (seen only after it had been called); of
the log of a university's desk the column `type_task` says of each task whether a person did it. All other performers
are taken for people, which a few of them may not be: who is called software is listed by name, to be read. The logs
are those of the 4TU collections of the IEEE Task Force on Process Mining, see the README beside them.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.actor.values import local
from core.settings import Settings
from core.workspace import Workspace, open_workspace
from ingest import import_log
from inventory.discovery.performers import PerformerJudged, behaviours
from inventory.discovery.signs import LEAST_EVENTS
from inventory.overlap.precision import wilson

LOGS = Path(__file__).parents[2] / "shared" / "logs"


@dataclass(frozen=True)
class Known:
    """A log, and which of its performers are software."""

    file: str
    software: frozenset[str] = frozenset()
    of_tasks: bool = False  # a column says of each task who did it
    nobody: frozenset[str] = frozenset()  # names of many people or of nobody: not judged


KNOWN = {
    "bpic2012": Known("bpic2012/BPI_Challenge_2012.xes.gz", frozenset({"112"})),
    "bpic2017": Known("bpic2017_w_start_end/BPIC_2017_W.csv.gz"),
    "bpic2020": Known("bpic2020_DomesticDeclarations_cleaned/DomesticDeclarations.xes.gz", frozenset({"SYSTEM"}),
                      nobody=frozenset({"STAFF MEMBER"})),
    "consulta": Known("consulta_data_mining/ConsultaDataMining201618.csv.gz", of_tasks=True),
    "bpic2013": Known("bpic2013_incidents/BPIC13_incidents.xes.gz", frozenset({"Siebel"})),
    "bpic2015": Known("bpic2015_1/BPIC15_1.xes.gz"),
    "receipt": Known("receipt_coselog/08_receipt.xes.gz"),
    "production": Known("production_manufacturing/Production_start_end.csv.gz"),
    "purchasing": Known("purchasing_example/PurchasingExample.csv.gz"),
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a row a log and the sum; 1 where somebody who is taken for a person is called software."""
    asked = argparse.ArgumentParser(description="Performers that are called software, against what is known.")
    asked.add_argument("--logs", type=Path, default=LOGS)
    asked.add_argument("--only", nargs="*", default=list(KNOWN))
    asked.add_argument("--every", action="store_true", help="list every performer with its values")
    options = asked.parse_args(arguments)
    if not options.logs.is_dir():
        print(f"The real logs are not at {options.logs}: nothing was measured.")
        return 0
    total = Counter[str]()
    with tempfile.TemporaryDirectory() as home:
        ws = open_workspace(Settings(home=Path(home)))
        try:
            for name in options.only:
                total += _measure(ws, name, options.logs / KNOWN[name].file, KNOWN[name], options.every)
        finally:
            ws.close()
    print(f"\nall: {_said(total)}")
    return 1 if total["false"] else 0


def _measure(ws: Workspace, name: str, path: Path, known: Known, every: bool) -> Counter[str]:
    hidden = dict.fromkeys(known.software | known.nobody, "unknown")  # what the import would take from the names
    import_log(ws, path, log=name, performer_kinds=hidden, by=local(ws.settings.user))
    software, people = set(known.software), set[str]()
    if known.of_tasks:
        software, people = _by_tasks(path)
    found = Counter[str]()
    for one in behaviours(ws, name):
        if one.name in known.nobody or (known.of_tasks and one.name not in software | people):
            continue
        found[_outcome(one, one.name in software)] += 1
        if every or one.judged is not None:
            truth = "software" if one.name in software else "taken for a person"
            said = f"{one.judged.confidence}: {one.judged.reason}" if one.judged else "nothing"
            print(f"   {name} {one.name} ({one.kind}), {truth}: {said}")
            print(f"      {one.behaviour}")
    print(f"{name}: {_said(found)}")
    return found


def _outcome(one: PerformerJudged, software: bool) -> str:
    if one.behaviour.events < LEAST_EVENTS:
        return "too few, software" if software else "too few, person"
    if one.judged is not None:
        return "hit" if software else "false"
    return "missed" if software else "right"


def _by_tasks(path: Path) -> tuple[set[str], set[str]]:
    """Performers whose tasks are nearly all done by software, and those whose tasks are nearly all done by people."""
    done: dict[str, Counter[str]] = defaultdict(Counter)
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            done[row["Resource"]][row["type_task"]] += 1
    shares = {who: c["AutoState"] / (c["AutoState"] + c["ManualState"]) for who, c in done.items()
              if c["AutoState"] + c["ManualState"]}  # fmt: skip
    return {who for who, s in shares.items() if s >= 0.9}, {who for who, s in shares.items() if s <= 0.1}


def _said(found: Counter[str]) -> str:
    hits, called, are = found["hit"], found["hit"] + found["false"], found["hit"] + found["missed"]
    texts = []
    for word, number in (("precision", called), ("recall", are)):
        low, high = wilson(hits, number) if number else (0.0, 1.0)
        texts.append(
            f"{word} {hits}/{number}" + (f" = {hits / number:.2f} ({low:.2f} to {high:.2f})" if number else "")
        )
    return f"{', '.join(texts)}; {dict(sorted(found.items()))}"


if __name__ == "__main__":
    sys.exit(main())
