"""Text as text: what is stored or comes from elsewhere, written so that Markdown shows it and does nothing with it.

Streamlit renders Markdown in labels, helps, captions, tabs, options of some widgets and values of metrics: an image in
a name would be fetched by whoever opens the page. Characters with a meaning are written as numbers (`&#42;`), since
what looks for icons, emoji and colours reads what a backslash has made literal again.
"""

from __future__ import annotations

import re

from app.pages.said_here import said_here

_CODE = re.compile(r"`([^`]*)`")
_SPAN = re.compile(r"(?<!`)`([^`\n]*[^`\s][^`\n]*)`(?!`)")  # a span of code that Markdown sees just so
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#$|~:&]")
_INDENTED = re.compile(r"^[ \t]{2,}", re.MULTILINE)  # would begin a block of code
_AT_START = re.compile(  # would begin a list, a rule or a heading
    r"^([ \t]*)([-+](?=[ \t]|$)|[-=](?=[-= \t]*$)|[0-9]{1,9}(?=[.)](?:[ \t]|$)))", re.MULTILINE
)


def textual(text: str) -> str:
    """`text` as Markdown shows it literally; what stands in backticks is shown as code, as messages mean it.

    Where a message names options of a command, the page's controls are named instead.
    """
    text = said_here(text)
    if text.count("`") != 2 * len(_SPAN.findall(text)):
        return literal(text)  # not every backtick belongs to a span: what Markdown makes of them nobody can say
    parts = _SPAN.split(text)
    return "".join(f"`{part}`" if number % 2 else literal(part) for number, part in enumerate(parts))


def literal(text: str) -> str:
    """`text` as Markdown shows it literally, backticks too, such as a name. Lines stay lines."""
    return _AT_START.sub(_first, _MARKDOWN.sub(_number, _INDENTED.sub(" ", text)))


def quoted(text: str) -> str:
    """`text` for the cell of a table, which knows no code: what stands in backticks in quotation marks."""
    return _CODE.sub("“\\1”", said_here(text))


def _number(sign: re.Match[str]) -> str:
    return f"&#{ord(sign[0])};"


def _first(found: re.Match[str]) -> str:
    """The beginning of a line as a number, of which the first character is enough."""
    return f"{found[1]}&#{ord(found[2][0])};{found[2][1:]}"
