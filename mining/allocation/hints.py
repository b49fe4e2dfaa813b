"""Hints in an activity's name that a mistake in it has consequences. A weak guess from words, and it says so."""

from __future__ import annotations

import re

# Beginnings of words that name an act of approval, signature, payment or refusal, in the languages of the logs that
# we know: English, Dutch, German, French, Spanish.
_STEMS = (
    "approv", "authoris", "authoriz", "accept", "reject", "refus", "declin", "deny", "denied", "terminat",
    "decision", "decide", "judg", "dismiss", "sign", "pay", "reimburs", "refund", "penalt", "contract",
    "goedkeur", "afwijz", "beoordel", "betal", "beslis", "onderteken",
    "genehmig", "freigab", "freigeb", "ablehn", "zahl", "bezahl", "entscheid", "unterschr",
    "approuv", "rejet", "signer", "paiement", "décision",
    "aprob", "aprueb", "autoriz", "rechaz", "pago", "pagar", "firma", "decisi",
)  # fmt: skip
_NOT = ("signal", "payload", "acceptance test")
_WORD = re.compile(r"[^\W\d_]+")


def consequence(label: str) -> str | None:
    """The word of `label` that hints at a consequence, or None."""
    text = label.casefold()
    if any(phrase in text for phrase in _NOT):
        return None
    for word in _WORD.findall(text):
        if word.startswith(_STEMS):
            return str(word)
    return None
