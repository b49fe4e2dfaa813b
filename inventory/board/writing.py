"""Minutes as Markdown, and as one HTML page that needs nothing else and prints."""

from __future__ import annotations

import re
from enum import StrEnum
from html import escape

from inventory.board.minutes import BoardMinutes
from inventory.board.words import ReportPart, ReportTable, parts


class MinutesForm(StrEnum):
    """The forms that minutes are written in."""

    MARKDOWN = "md"
    HTML = "html"


_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_STYLE = """
@page { size: A4 landscape; margin: 14mm; }
body { font: 14px/1.5 system-ui, sans-serif; color: #1b2026; max-width: 78rem; margin: 2rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.7rem; margin: 0 0 .5rem; }
h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; border-top: 2px solid #1b2026; padding-top: .6rem; }
h3 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; } h4 { font-size: .95rem; margin: 1rem 0 .3rem; color: #59636f; }
p { margin: .3rem 0; max-width: 62rem; white-space: pre-line; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0; font-size: .86rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid #d5dae1; }
th { color: #59636f; font-weight: 600; border-bottom: 1px solid #1b2026; } td { overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; font-size: 10px; } tr, h2, h3, h4 { break-inside: avoid; }
h2, h3, h4 { break-after: avoid; } thead { display: table-header-group; } }
"""


def write_minutes(told: BoardMinutes, form: MinutesForm) -> str:
    """The text of the minutes in `form`; what people wrote stands in it letter by letter."""
    found = parts(told)
    return _markdown(found) if form is MinutesForm.MARKDOWN else _html(found)


def _markdown(found: tuple[ReportPart, ...]) -> str:
    blocks = []
    for part in found:
        blocks.append(f"{'#' * part.level} {_marked(part.title)}")
        blocks += [_marked(sentence) for sentence in part.sentences]
        blocks += [_markdown_table(one) for one in part.tables]
    return "\n\n".join(blocks) + "\n"


def _markdown_table(one: ReportTable) -> str:
    lines = [one.headings, ("---",) * len(one.headings)]
    rows = [tuple(_marked(cell) for cell in row) for row in one.rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [*lines, *rows])


def _marked(text: str) -> str:
    """`text` in one line, as Markdown shows it letter by letter."""
    return _MARKS.sub(r"\\\1", " ".join(_plain(text).split()))


def _html(found: tuple[ReportPart, ...]) -> str:
    body = []
    for part in found:
        body.append(f"<h{part.level}>{_escaped(part.title)}</h{part.level}>")
        body += [f"<p>{_escaped(sentence)}</p>" for sentence in part.sentences]
        body += [_html_table(one) for one in part.tables]
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{_escaped(found[0].title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def _html_table(one: ReportTable) -> str:
    head = "".join(f"<th>{_escaped(h)}</th>" for h in one.headings)
    rows = "\n".join("<tr>" + "".join(f"<td>{_escaped(c)}</td>" for c in row) + "</tr>" for row in one.rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def _escaped(text: str) -> str:
    return escape(_plain(text))


def _plain(text: str) -> str:
    """`text` without the backticks of our own sentences: in a report names stand in quotation marks."""
    return re.sub(r"`([^`]*)`", "“\\1”", text)
