"""What concerns one row only stops nobody else: it is said once, and the worker goes on."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from core.errors import TandemError
from core.visible import visible_line

_LOG = logging.getLogger("tandem.worker")


@contextmanager
def suppress_and_tell(what: str) -> Iterator[None]:
    """Log, once for each message, what Tandem says of `what` inside the block, and go on after it."""
    try:
        yield
    except (TandemError, RecursionError) as error:
        _tell(f"{what} is left as it is: {error}")


@lru_cache(maxsize=10_000)
def _tell(message: str) -> None:
    _LOG.warning("%s", visible_line(message))
