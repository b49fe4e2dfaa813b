"""How Tandem looks and reads: palette, charts, formats of numbers, words for states. Nothing here touches data."""

from app.theme.formats import NOTHING, amount_exactly, count, day, duration, hours, minute, moment, money, plural, share
from app.theme.mark import mark
from app.theme.options import streamlit_options
from app.theme.palette import DARK, LIGHT, Palette, contrast, palette_for
from app.theme.words import Tone, Word, word

__all__ = [
    "DARK",
    "LIGHT",
    "NOTHING",
    "Palette",
    "Tone",
    "Word",
    "amount_exactly",
    "contrast",
    "count",
    "day",
    "duration",
    "hours",
    "mark",
    "minute",
    "moment",
    "money",
    "palette_for",
    "plural",
    "share",
    "streamlit_options",
    "word",
]
