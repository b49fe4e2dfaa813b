"""A card that is read from an address, only where somebody names it."""

from __future__ import annotations

from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request

from core.errors import BadInput
from inventory.discovery.cards import card
from inventory.discovery.masking import public_address
from inventory.discovery.parsing import json_of
from inventory.discovery.values import AgentFinding

SECONDS = 10.0
LARGEST = 1_000_000  # bytes
_WELL_KNOWN = "/.well-known/agent-card.json"


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Nowhere else is asked than where somebody said."""
        return


def card_at(address: str) -> AgentFinding:
    """The card at `address`; of a bare host at the place that the protocol names. Raises BadInput in words.

    Asked once, by https only, without credentials, proxies' rules or redirects; at most LARGEST bytes in SECONDS.
    """
    text = _fetched(_full(address))
    shown = public_address(address)
    found = card(json_of(text), shown, "", text, named=True)
    if found is None:
        raise BadInput(f"What `{shown}` answers is no agent card: it names no agent with skills or interfaces.")
    return found


def _full(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme != "https" or parts.username or parts.password:
        raise BadInput(f"`{public_address(address)}` is no address of a card. Give one that begins with https://.")
    return address.strip() if parts.path not in ("", "/") else f"https://{parts.netloc}{_WELL_KNOWN}"


def _fetched(address: str) -> str:
    shown = public_address(address)
    opener = OpenerDirector()
    for handler in (HTTPSHandler(), _NoRedirect()):
        opener.add_handler(handler)
    try:
        request = Request(address, headers={"Accept": "application/json"})
        with opener.open(request, timeout=SECONDS) as answer:
            if answer.status != 200:
                raise BadInput(
                    f"`{shown}` answered {answer.status}. Redirects are not followed: name the place itself."
                )
            content: bytes = answer.read(LARGEST + 1)
    except HTTPError as error:
        raise BadInput(f"`{shown}` answered {error.code}.") from None
    except (URLError, OSError, ValueError) as error:
        raise BadInput(f"`{shown}` cannot be read: {getattr(error, 'reason', None) or error}.") from None
    if len(content) > LARGEST:
        raise BadInput(f"What `{shown}` answers is larger than {LARGEST:,} bytes.")
    return content.decode("utf-8", "replace")
