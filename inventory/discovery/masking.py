"""Secrets taken out of what is kept and shown."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

HIDDEN = "•••"
LONGEST = 200  # characters of evidence that are kept
_KEYS = re.compile(  # what keys of well-known services look like
    r"\b(?:sk|pk|rk)[-_][A-Za-z0-9_-]{8,}|\bgh[pousr]_[A-Za-z0-9]{16,}|\bgithub_pat_\w{16,}|\bglpat-[\w-]{12,}"
    r"|\bxox[abeprs]-[\w-]{8,}|\bAKIA[0-9A-Z]{12,}|\bAIza[\w-]{20,}|\bhf_[A-Za-z0-9]{16,}"
    r"|\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?|-----BEGIN[^-]*-----.*"
)
_NAMED = re.compile(  # a value behind a word that names a secret
    r"(?i)(\b[\w.-]*(?:api[_-]?key|apikey|token|secret|passw(?:or)?d|pwd|credential|authorization|access[_-]?key)"
    r"[\w.-]*[\"']?\s*[:=]\s*)(\"[^\"]*\"?|'[^']*'?|(?:(?:bearer|basic)\s+)?[^\s,;)}\]]+)"
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}")
_LONG = re.compile(r"(?<![\w/.-])(?=[A-Za-z0-9+_-]*\d)(?=[A-Za-z0-9+_-]*[A-Za-z])[A-Za-z0-9+_-]{32,}={0,2}(?![\w/.-])")
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s\"'<>`]+", re.IGNORECASE)
_READ = re.compile(r"(?i)os\.environ|getenv|process\.env|\$\{|\bsettings\.|\bconfig\.")


def masked(text: str, longest: int = LONGEST) -> str:
    """`text` in one line of at most `longest` characters, with what looks like a secret replaced by dots."""
    line = " ".join(text[: 20 * longest].split())
    line = _ADDRESS.sub(lambda found: public_address(found[0]), line)
    line = _NAMED.sub(lambda found: found[0] if _READ.search(found[2]) else f"{found[1]}{HIDDEN}", line)
    line = _BEARER.sub(lambda found: f"{found[1]} {HIDDEN}", line)
    line = _LONG.sub(HIDDEN, _KEYS.sub(HIDDEN, line))
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def public_address(address: str) -> str:
    """`address` without user, password, query and fragment, where secrets may stand; what is none, masked whole."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return HIDDEN
    if not parts.scheme or not host:
        return HIDDEN
    path = "/".join(HIDDEN if _LONG.search(part) or _KEYS.search(part) else part for part in parts.path.split("/"))
    shown = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, f"{shown}{port}", path, "", ""))
