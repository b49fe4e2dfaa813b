"""What a browser keeps from one visit to the next: who acts, and what was looked at last.

A session of Streamlit ends with every reload. So what it holds is written into a cookie too, which a reload and a new
tab bring along; it ends with the browser. Servers on one machine share their cookies, so its name tells the workspace.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from urllib.parse import quote, unquote

import streamlit as st

_HERE = "kept_of_context"  # in the session, where it is newer than the cookie that the session began with
_MOST = 3_500  # characters; a browser takes no cookie of more than 4,096


def kept(home: str) -> dict[str, str]:
    """What is kept for the workspace `home`: by this session or, before it kept anything, by the browser."""
    if _HERE not in st.session_state:
        st.session_state[_HERE] = _read(str(st.context.cookies.get(_name(home), "")))
    return dict(st.session_state[_HERE])


def keep(home: str, values: Mapping[str, str | None]) -> None:
    """Keep `values` from now on; what is None is forgotten."""
    now = {**kept(home), **values}
    st.session_state[_HERE] = {name: value for name, value in now.items() if value is not None}


def send(home: str) -> None:
    """Have the browser keep it: a script of the page writes the cookie."""
    value = quote(json.dumps(kept(home), sort_keys=True), safe="")
    if len(value) <= _MOST:
        cookie = f"{_name(home)}={value}; path=/; SameSite=Strict"
        st.html(f"<script>document.cookie = {json.dumps(cookie)}</script>", unsafe_allow_javascript=True)


def _read(cookie: str) -> dict[str, str]:
    """What a cookie says; nothing where anybody else wrote it."""
    try:
        found = json.loads(unquote(cookie))
    except ValueError:
        return {}
    return {n: v for n, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}


def _name(home: str) -> str:
    return f"tandem-{hashlib.sha256(home.encode()).hexdigest()[:12]}"
