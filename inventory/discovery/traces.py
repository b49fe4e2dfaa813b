"""Agents in traces: what ran, with which models and tools and how often. What was said to a model is never read.

Attributes: OpenTelemetry's semantic conventions for generative AI (`gen_ai.*`), of November 2026 and before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from inventory.discovery.masking import masked
from inventory.discovery.spans import TracedSpan, number
from inventory.discovery.values import AgentFinding, Declared, FindingKind, Sighting, Sureness
from inventory.discovery.vendors import changing, systems_in, vendors_of

_ASKS = ("chat", "text_completion", "generate_content", "embeddings")
_DAYS_OF_A_MONTH = 365.25 / 12
_LEAST_DAYS = 7.0  # below, runs a month would be a guess
_DEEPEST = 200


@dataclass
class SpansSeen:
    """What was seen of one agent."""

    runs: int = 0
    traces: set[str] = field(default_factory=set)
    models: Counter[str] = field(default_factory=Counter)
    tools: Counter[str] = field(default_factory=Counter)
    tokens: list[int] = field(default_factory=lambda: [0, 0])  # in and out, of questions to models
    tokens_of_runs: list[int] = field(default_factory=lambda: [0, 0])  # where only the run tells them
    failed: int = 0
    spans: int = 0
    first: int = 0
    last: int = 0
    services: Counter[str] = field(default_factory=Counter)
    description: str = ""
    version: str = ""
    vendor: str = ""


def find_in_traces(spans: Iterable[TracedSpan], source: str, place: str) -> Iterator[AgentFinding]:
    """The agents that `spans` name, each span counted for the agent of the nearest span above it that names one."""
    every = list(spans)
    whose = _whose(every)
    seen: dict[tuple[str, bool], SpansSeen] = {}
    for span in every:
        if any(key.startswith("gen_ai.") for key in span.told):
            agent = whose.get((span.trace, span.id), "")
            _count(seen.setdefault((agent or span.service or "service without a name", bool(agent)), SpansSeen()), span)
    for (name, named), one in seen.items():
        yield _finding(name, named, one, source, place)


def _whose(spans: Sequence[TracedSpan]) -> dict[tuple[str, str], str]:
    by_id = {(s.trace, s.id): s for s in spans}
    found: dict[tuple[str, str], str] = {}
    for span in spans:
        path, at = [], span
        name = ""
        for _ in range(_DEEPEST):
            key = (at.trace, at.id)
            name = found.get(key) or at.told.get("gen_ai.agent.name") or at.told.get("gen_ai.agent.id") or ""
            path.append(key)
            above = by_id.get((at.trace, at.parent)) if at.parent else None
            if name or above is None or above is at:
                break
            at = above
        found |= dict.fromkeys(path, name)
    return found


def _count(seen: SpansSeen, span: TracedSpan) -> None:
    told = span.told
    operation = told.get("gen_ai.operation.name", "")
    seen.spans += 1
    seen.traces.add(span.trace)
    seen.failed += span.failed
    seen.services[span.service] += 1
    seen.runs += operation in ("invoke_agent", "invoke_workflow")
    model = told.get("gen_ai.response.model") or told.get("gen_ai.request.model")
    tokens = (
        number(told.get("gen_ai.usage.input_tokens") or told.get("gen_ai.usage.prompt_tokens")),
        number(told.get("gen_ai.usage.output_tokens") or told.get("gen_ai.usage.completion_tokens")),
    )
    asks = operation in _ASKS or (not operation and bool(model))
    kept = seen.tokens if asks else seen.tokens_of_runs
    kept[0], kept[1] = kept[0] + tokens[0], kept[1] + tokens[1]
    if model and asks:
        seen.models[model] += 1
    if told.get("gen_ai.tool.name"):
        seen.tools[told["gen_ai.tool.name"]] += 1
    seen.description = seen.description or told.get("gen_ai.agent.description", "")
    seen.version = told.get("gen_ai.agent.version", "") or seen.version
    seen.vendor = seen.vendor or told.get("gen_ai.provider.name", "") or told.get("gen_ai.system", "")
    if span.started:
        seen.first = min(seen.first or span.started, span.started)
        seen.last = max(seen.last, span.ended, span.started)


def _finding(name: str, named: bool, seen: SpansSeen, source: str, place: str) -> AgentFinding:
    runs = seen.runs or len(seen.traces)
    days = (seen.last - seen.first) / 86_400e9
    tokens = seen.tokens if any(seen.tokens) else seen.tokens_of_runs
    tools = tuple(tool for tool, _ in seen.tools.most_common(60))
    models = tuple(model for model, _ in seen.models.most_common(20))
    kind = FindingKind.TRACE if named or tools else FindingKind.MODEL_USE
    if named:
        sure, reason = Sureness.CERTAIN, "Its own traces name it as an agent."
    elif tools:
        sure, reason = Sureness.LIKELY, "Its traces have calls of tools beside those of a model, and name no agent."
    else:
        sure, reason = Sureness.CERTAIN, "Its traces have questions to a model, and neither an agent nor tools."
    facts = {
        "runs": f"{runs:,}", "tokens in": f"{tokens[0]:,}", "tokens out": f"{tokens[1]:,}",
        "spans that failed": f"{seen.failed:,} of {seen.spans:,}",
        "first seen": _moment(seen.first), "last seen": _moment(seen.last),
        "service": ", ".join(s for s, _ in seen.services.most_common(5) if s),
    }  # fmt: skip
    evidence = [Sighting(f"{runs:,} runs in {len(seen.traces):,} traces, {seen.spans:,} spans")]
    evidence += [Sighting(masked(f"model {model}: {count:,} times")) for model, count in seen.models.most_common(5)]
    evidence += [Sighting(masked(f"tool {tool}: {count:,} times")) for tool, count in seen.tools.most_common(10)]
    declared = Declared(
        purpose=masked(seen.description, 600) or None,
        vendor=vendors_of(models) or seen.vendor or None,
        models=models,
        tools=tuple(map(masked, tools)),
        systems=systems_in(tools),
        actions=changing(tools),
        version=seen.version or None,
        monthly_runs=round(runs / days * _DAYS_OF_A_MONTH) if days >= _LEAST_DAYS else None,
        facts=tuple((n, t) for n, t in facts.items() if t),
    )
    return AgentFinding(kind, masked(name)[:120], source, place, None, sure, reason, declared, tuple(evidence))


def _moment(nanoseconds: int) -> str:
    try:
        return f"{datetime.fromtimestamp(nanoseconds / 1e9, UTC):%Y-%m-%d %H:%M} UTC" if nanoseconds else ""
    except (ValueError, OverflowError, OSError):
        return ""
