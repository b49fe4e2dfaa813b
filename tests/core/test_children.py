"""Processes of our own that answer questions."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.children import Children, Died
from tests.patience import patience, wait_until

SCRIPT = """
import json, os, sys, time
told = sys.stdin.readline().strip()
for line in sys.stdin:
    asked = json.loads(line)
    if asked == "die":
        os._exit(7)
    if asked == "sleep":
        time.sleep(600)
    print(json.dumps([told, sys.argv[1], asked, os.getpid()]), flush=True)
"""


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    opened = Children(str(script), 2, lambda number: [f"number {number}"], first="hello")
    yield opened
    opened.close()


def test_a_process_is_told_once_and_asked_again(children: Children) -> None:
    told, number, asked, pid = children.ask({"x": "ä"})
    assert (told, number, asked) == ("hello", "number 0", {"x": "ä"})
    assert children.ask(2) == ["hello", "number 0", 2, pid]


def test_one_that_ends_is_said_with_its_status_and_replaced(children: Children) -> None:
    with pytest.raises(Died) as died:
        children.ask("die")
    assert died.value.status == 7
    assert children.ask(1)[1] == "number 1"


def test_closing_ends_one_in_the_middle_of_its_work(children: Children) -> None:
    said: list[Exception] = []

    def ask() -> None:
        try:
            children.ask("sleep")
        except Died as died:
            said.append(died)

    children.ask(1)
    thread = threading.Thread(target=ask)
    thread.start()
    wait_until(lambda: not children._idle, 10, "it is asked")
    begun = time.monotonic()
    children.close()
    thread.join(patience(10))
    assert len(said) == 1
    assert time.monotonic() - begun < patience(5)
