"""Whether a module is there, told without running it or the packages that it stands in."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def is_there(module: str) -> bool:
    """Whether Python would find `module`; where a finder of somebody else fails, it is not said to be missing."""
    try:
        return _found(module)
    except Exception:  # noqa: BLE001  whatever a finder raises: importing will tell
        return True


def _found(module: str) -> bool:
    path: Sequence[str] | None = None
    parts = module.split(".")
    for number in range(1, len(parts) + 1):
        name = ".".join(parts[:number])
        specs = (finder.find_spec(name, path) for finder in sys.meta_path)
        spec = next((spec for spec in specs if spec is not None), None)
        if spec is None:
            return False
        path = spec.submodule_search_locations
        if path is None:
            return number == len(parts)
    return True
