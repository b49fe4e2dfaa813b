"""Spans of OpenTelemetry as files hold them: OTLP JSON, one object a line or one for all.

Encoding: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding and the file exporter's specification.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import BadInput
from inventory.discovery.parsing import listed, mapping

MOST_SPANS = 500_000
LARGEST_LINE = 50_000_000  # characters
_KEPT = (  # nothing that holds what was said to a model or by it
    "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.system", "gen_ai.agent.name", "gen_ai.agent.id",
    "gen_ai.agent.description", "gen_ai.agent.version", "gen_ai.request.model", "gen_ai.response.model",
    "gen_ai.tool.name", "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.usage.prompt_tokens",
    "gen_ai.usage.completion_tokens", "error.type",
)  # fmt: skip


_PLAIN = ("stringValue", "intValue", "doubleValue", "boolValue")


@dataclass(frozen=True)
class TracedSpan:
    """One span that speaks of a model, an agent or a tool, or that lies above one."""

    trace: str
    id: str
    parent: str
    service: str
    started: int  # nanoseconds since 1970; 0: not told
    ended: int
    failed: bool
    told: Mapping[str, str]  # attributes of generative AI that are kept


def spans_of(path: Path) -> Iterator[TracedSpan]:
    """The spans in a file. Raises BadInput where it cannot be read, or holds no trace."""
    number = 0
    traces = False
    try:
        for value in _values(path):
            for resource in _resources(value):
                traces = True
                for span in _spans(resource):
                    number += 1
                    if number > MOST_SPANS:
                        return
                    yield span
    except OSError as error:
        raise BadInput(f"`{path}` cannot be read: {error.strerror}.") from None
    if not traces:
        raise BadInput(
            f"`{path}` holds no traces as OTLP writes them in JSON: objects with `resourceSpans`, one a line. "
            "Let the collector's file exporter write them."
        )


def _values(path: Path) -> Iterator[object]:
    with path.open(encoding="utf-8-sig", errors="replace") as handle:
        first = handle.readline(LARGEST_LINE)
        try:
            yield json.loads(first)
        except (ValueError, RecursionError):
            rest = handle.read(LARGEST_LINE)
            try:
                yield json.loads(first + rest)
                return
            except (ValueError, RecursionError):
                lines: Iterator[str] = iter(rest.splitlines())
        else:
            lines = iter(lambda: handle.readline(LARGEST_LINE), "")
        for line in lines:
            if line.strip():
                try:
                    yield json.loads(line)
                except (ValueError, RecursionError):
                    continue


def _resources(value: object) -> Iterator[Mapping[str, Any]]:
    for one in value if isinstance(value, list) else [value]:
        told = mapping(one)
        yield from map(mapping, listed(told.get("resourceSpans") or told.get("resource_spans")))


def _spans(resource: Mapping[str, Any]) -> Iterator[TracedSpan]:
    service = _attributes(mapping(resource.get("resource")).get("attributes")).get("service.name", "")
    scopes = listed(resource.get("scopeSpans") or resource.get("scope_spans"))
    for scope in map(mapping, scopes):
        for span in map(mapping, listed(scope.get("spans"))):
            said = _attributes(span.get("attributes"))
            status = mapping(span.get("status")).get("code")
            yield TracedSpan(
                _text(span.get("traceId") or span.get("trace_id")), _text(span.get("spanId") or span.get("span_id")),
                _text(span.get("parentSpanId") or span.get("parent_span_id")), service[:200],
                number(span.get("startTimeUnixNano")), number(span.get("endTimeUnixNano")),
                status in (2, "STATUS_CODE_ERROR") or "error.type" in said,
                {k: v[:300] for k, v in said.items() if k in _KEPT},
            )  # fmt: skip


def _attributes(told: object) -> dict[str, str]:
    if isinstance(told, dict):
        return {str(k): str(v) for k, v in told.items() if isinstance(v, str | int | float)}
    found = {}
    for one in map(mapping, listed(told)):
        value = mapping(one.get("value"))
        plain = next((value[k] for k in _PLAIN if value.get(k) is not None), None)
        if isinstance(one.get("key"), str) and isinstance(plain, str | int | float):
            found[one["key"]] = str(plain)
    return found


def _text(value: object) -> str:
    return value[:64] if isinstance(value, str) else ""


def number(value: object) -> int:
    """`value`, a number or its text, as a whole number from 0; 0 where it is none."""
    try:
        return max(0, int(float(value))) if isinstance(value, str | int | float) else 0
    except (ValueError, OverflowError):
        return 0
