"""What pages ask of the rooms below: any verb that takes a view, each answer kept for the next run of a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import streamlit as st

from app.pages.state import home, workspace
from core.view import View
from core.workspace import Workspace

T = TypeVar("T")
_KEPT = 256  # answers


def ask(verb: Callable[..., T], view: View, doing: str | bool = False, **named: Any) -> T:
    """What `verb` answers about `view`; while it is at work, `doing` says so. Raises as the verb does."""
    answer: T = _keeper(doing)(
        workspace(), verb, home(), f"{verb.__module__}.{verb.__qualname__}", view, tuple(named.items())
    )
    return answer


@cache
def _keeper(doing: str | bool) -> Callable[..., Any]:
    """The kept answers, with what is said while one is made. All share one store: Streamlit tells functions apart by
    their source."""

    @st.cache_data(show_spinner=doing, max_entries=_KEPT)
    def answer(
        _ws: Workspace, _verb: Callable[..., Any], home: str, name: str, view: View, named: tuple[tuple[str, Any], ...]
    ) -> Any:
        del home, name  # they tell answers apart
        return _verb(_ws, view, **dict(named))

    return answer
