"""The queue says that it is busy for as long as anything follows."""

from __future__ import annotations

from typing import Any

import pytest

from core.workspace import Workspace
from orchestrator.running import queue


def test_it_is_busy_while_an_effect_ends_and_queues_the_task_after_it(
    any_ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that was to end when nothing is left ended between the two, and left the task."""
    queue.prepare(any_ws.database, any_ws.settings)
    found = queue.TaskQueue.of(any_ws.database)
    with any_ws.database.begin() as connection:
        found.put_effect(connection, "run", "0.0#1", 1)
    asked = 0
    ask = found._client.list_workflows

    def go_on_after_the_first(**what: Any) -> Any:
        nonlocal asked
        answer = ask(**what)
        asked += 1
        if asked == 1:
            with any_ws.database.begin() as connection:
                found.put(connection, "run", "0.1#1", 1, 1)
            found.forget([queue.effect_entry("run", "0.0#1", 1)])
        return answer

    monkeypatch.setattr(found._client, "list_workflows", go_on_after_the_first)
    assert found.busy()
    assert found.busy()
    found.forget([queue.entry("run", "0.1#1", 1, 1)])
    assert not found.busy()
