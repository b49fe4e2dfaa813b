"""What the door says to whom it does not let in: one plain page, which asks for nothing else."""

from __future__ import annotations

from html import escape

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title} · Tandem</title>
<style>:root{{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}}
body{{max-width:34rem;margin:15vh auto;padding:0 1.5rem}}h1{{font-size:1.4rem}}
code{{font:.95em ui-monospace,monospace}}</style></head>
<body><h1>{title}</h1>{lines}</body></html>
"""
_HOW = "Open the address that `tandem up` or `tandem demo` printed."
_FRESH = "For a fresh one run `tandem address` in a terminal, as the same user and with the same TANDEM_HOME."
_AGAIN = '<p>You followed a link from another site? <a href="">Open this page again.</a></p>'


def closed(spent: bool) -> str:
    """The page for a browser that has not come in; `spent` where it came with an address that is not good any more."""
    why = (
        "This address was opened before, or is too old: it works once."
        if spent
        else "Tandem shows its pages only to the user of this machine who started it."
    )
    return _page("Open Tandem by its own address", why, _HOW, _FRESH, more="" if spent else _AGAIN)


def foreign(port: int) -> str:
    """The page for a request that another site sends, or that names this machine otherwise than it calls itself."""
    return _page(
        "Tandem answers only its own pages",
        "This request came from a page of another site, or under another name of this machine.",
        f"Open `http://127.0.0.1:{port}` in the browser.",
    )


def broken() -> str:
    """The page for a request on which the server itself failed."""
    return _page("Tandem could not answer", "The message stands in the terminal where `tandem up` runs.")


def _page(title: str, *lines: str, more: str = "") -> str:
    return _PAGE.format(title=escape(title), lines="".join(f"<p>{_code(line)}</p>" for line in lines) + more)


def _code(line: str) -> str:
    """`line` in HTML, what stands in backticks as code."""
    parts = escape(line).split("`")
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))
