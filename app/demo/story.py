"""What the demo tells while it works: numbered steps, each with what came out and how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

STEPS = 7


@dataclass(frozen=True)
class StepReport:
    """One step that is over."""

    number: int
    title: str
    lines: tuple[str, ...]  # what came out
    seconds: float


@dataclass
class Story:
    """Collects the steps, and tells each line as it comes."""

    tell: Callable[[str], None]
    steps: list[StepReport] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """A step that ends with the block; one that fails is not reported."""
        number = len(self.steps) + 1
        self.tell(f"{number}/{STEPS}  {title}")
        self._lines = []
        began = time.monotonic()
        yield
        seconds = round(time.monotonic() - began, 2)
        self.steps.append(StepReport(number, title, tuple(self._lines), seconds))
        self.tell(f"      {seconds:.1f} s")

    def say(self, line: str) -> None:
        """Something that came out of the present step."""
        self._lines.append(line)
        self.tell(f"      {line}")

    def progress(self, line: str) -> None:
        """Something that is told and then forgotten."""
        self.tell(f"      … {line}")
