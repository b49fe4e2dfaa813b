"""Traces: whose each span is, counts by hand, and files as collectors write them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from inventory import AgentFinding, FindingKind, Sureness
from inventory.discovery.spans import spans_of
from inventory.discovery.traces import find_in_traces

DAY = 86_400 * 10**9


def span(number: str, parent: str, told: dict[str, Any], trace: str = "t", at: int = DAY, failed: bool = False) -> Any:
    """A span as OTLP writes it; it takes a second."""
    values = [
        {"key": k, "value": {"intValue": str(v)} if isinstance(v, int) else {"stringValue": v}} for k, v in told.items()
    ]
    return {"traceId": trace, "spanId": number, "parentSpanId": parent, "startTimeUnixNano": str(at),
            "endTimeUnixNano": str(at + 10**9), "attributes": values, "status": {"code": 2 * failed}}  # fmt: skip


def batch(*spans: Any, service: str = "desk") -> dict[str, Any]:
    """Spans of one service."""
    resource = {"attributes": [{"key": "service.name", "value": {"stringValue": service}}]}
    return {"resourceSpans": [{"resource": resource, "scopeSpans": [{"spans": list(spans)}]}]}


def run(agent: str, trace: str, at: int) -> list[Any]:
    """One run: the agent asks twice, of which one question fails, and calls a tool between."""
    ask = {"gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-5", "gen_ai.usage.input_tokens": 100,
           "gen_ai.usage.output_tokens": 7, "gen_ai.input.messages": "the customer is called Zoe"}  # fmt: skip
    tool = {"gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "send_mail"}
    invoke = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": agent, "gen_ai.usage.input_tokens": 200}
    return [
        span("2", "1", ask, trace=trace, at=at),
        span("1", "0", invoke, trace=trace, at=at),
        span("4", "3", tool, trace=trace, at=at),
        span("3", "1", {"http.method": "GET"}, trace=trace, at=at),
        span("5", "3", ask, trace=trace, at=at, failed=True),
    ]


def found_in(path: Path, *lines: Any) -> list[AgentFinding]:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return list(find_in_traces(spans_of(path), "traces:t", "t"))


def test_each_span_counts_for_the_agent_above_it(tmp_path: Path) -> None:
    lines = [batch(*run("Mail desk", f"t{n}", DAY * (1 + 15 * n))) for n in range(3)]
    (one,) = found_in(tmp_path / "a.jsonl", *lines)
    assert (one.kind, one.name, one.confidence) == (FindingKind.TRACE, "Mail desk", Sureness.CERTAIN)
    said, told = one.declared, dict(one.declared.facts)
    assert (said.models, said.tools, said.actions, said.vendor) == (
        ("gpt-5",),
        ("send_mail",),
        ("send_mail",),
        "OpenAI",
    )
    # 3 runs of 2 questions; what the run itself sums up is not counted twice
    assert (told["runs"], told["tokens in"], told["tokens out"]) == ("3", "600", "42")
    assert told["spans that failed"] == "3 of 12"
    assert said.monthly_runs == 3  # in 30 days and a second; a month has 30.4375
    assert "Zoe" not in json.dumps([e.text for e in one.evidence]) + repr(said)


def test_a_service_that_only_asks_is_no_agent(tmp_path: Path) -> None:
    ask = {"gen_ai.system": "anthropic", "gen_ai.request.model": "claude-haiku-4-5"}
    tool = {"gen_ai.tool.name": "look"}
    plain = batch(span("1", "", ask), service="summary")
    with_tools = batch(span("1", "", ask, trace="u"), span("2", "1", tool, trace="u"), service="helper")
    first, second = found_in(tmp_path / "a.jsonl", plain, with_tools)
    assert (first.kind, first.name) == (FindingKind.MODEL_USE, "summary")
    assert (second.kind, second.name, second.confidence) == (FindingKind.TRACE, "helper", Sureness.LIKELY)
    assert second.declared.monthly_runs is None  # a second is no month


@pytest.mark.parametrize("form", ["lines", "list", "pretty", "broken line"])
def test_files_as_they_come(tmp_path: Path, form: str) -> None:
    lines = [batch(*run("A", "t", DAY)), batch(*run("B", "u", DAY))]
    first, second = map(json.dumps, lines)
    text = {
        "lines": f"{first}\n{second}",
        "list": f"[{first}, {second}]",
        "pretty": json.dumps(lines, indent=1),
        "broken line": f'{first}\n{{"resourceSpans": [{{"sc\n\n{second}',
    }[form]
    assert [f.name for f in found_in(tmp_path / "a.jsonl", text)] == ["A", "B"]


@pytest.mark.parametrize("text", ["", "no json", "{}", '{"spans": []}', "[1, 2]", "null"])
def test_what_is_no_trace_is_refused_in_words(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match="resourceSpans"):
        found_in(tmp_path / "a.json", text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        list(spans_of(tmp_path / "none.jsonl"))


odd = st.recursive(st.none() | st.integers() | st.text(max_size=4) | st.floats(), st.lists, max_leaves=4)


@given(
    st.dictionaries(
        st.sampled_from(["traceId", "spanId", "parentSpanId", "startTimeUnixNano", "attributes", "status"]), odd
    )
)
def test_no_span_makes_it_fail(tmp_path_factory: pytest.TempPathFactory, told: dict[str, Any]) -> None:
    text = json.dumps(batch({**span("1", "1", {"gen_ai.agent.name": "A"}), **told}))
    for one in found_in(tmp_path_factory.getbasetemp() / "odd.jsonl", text):
        assert one.name in ("A", "desk")
