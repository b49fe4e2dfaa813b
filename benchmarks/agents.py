"""Questions a second to an agent that does nothing: in child processes kept warm, beside calls in this process."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

from benchmarks._nothing import nothing
from orchestrator.machine.task import Doer, TaskSpec
from orchestrator.runtimes.agents import Agents
from orchestrator.runtimes.inside import ask_inside
from orchestrator.runtimes.limits import Limits
from orchestrator.runtimes.protocol import Answer
from orchestrator.runtimes.values import AgentPrincipal, AgentTask

ROUNDS = 3
ADDRESS = "python:benchmarks._nothing:nothing"
TASK = AgentTask(
    key="run/0.0#1/1", run="run", item="0.0#1", attempt=1, workflow="orders", version=1,
    task=TaskSpec("0.0", "Draft order", Doer.AGENT, "drafter", "order.draft", "Order", "agent", fields=("amount",)),
    context={"amount": 100, "supplier": "Acme"}, answers={}, principal=AgentPrincipal("agent-a", "A"),
    ready_at=datetime(2026, 1, 5, tzinfo=UTC),
)  # fmt: skip


def rate(calls: int, threads: int, ask: Callable[[AgentTask], Answer]) -> float:
    """The best of ROUNDS rounds, in questions a second; every one must be answered with a proposal."""
    best = 0.0
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            if not all(answer.proposal for answer in pool.map(ask, [TASK] * calls)):
                raise AssertionError("a question was not answered")
            best = max(best, calls / (time.perf_counter() - begun))
    return best


def main() -> None:
    """Print the rates and their ratios to the call inside."""
    bare = rate(100_000, 1, lambda task: Answer(proposal=nothing(task)))
    print(f"a bare call in this process            {bare:10,.0f} questions a second")
    inside = rate(5_000, 1, lambda task: ask_inside(nothing, task))
    print(f"in this process, same JSON and checks  {inside:10,.0f} questions a second")
    for children in (1, 8):
        agents = Agents(limits=Limits(children=children))
        try:
            found = rate(5_000, children, lambda task: agents.ask(ADDRESS, task, time.monotonic() + 60))  # noqa: B023
        finally:
            agents.close()
        title = f"{children} child process{'es' if children > 1 else ''} kept warm"
        print(f"{title:39}{found:10,.0f} questions a second")
        print(f"  of the same in this process          {found / inside:10.2f}")
        print(f"  of the bare call                     {found / bare:10.3f}")
    begun, started = time.perf_counter(), 10
    for number in range(started):
        agents = Agents(limits=Limits())
        agents.ask(ADDRESS, replace(TASK, principal=AgentPrincipal(f"agent-{number}", "A")), time.monotonic() + 60)
        agents.close()
    print(f"start, one question, end               {(time.perf_counter() - begun) / started * 1000:10,.0f} ms")


if __name__ == "__main__":
    main()
