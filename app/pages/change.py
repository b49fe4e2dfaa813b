"""How a KPI moved against its baseline, in the same words and colours wherever it is shown."""

from __future__ import annotations

from app.pages.parts import badge_text
from app.pages.text import literal
from app.theme import NOTHING, count, word
from app.theme.formats import change
from kpi import Comparison, Conclusion, Verdict, in_words


def movement(found: Comparison) -> str:
    """The verdict, and by how much; in colour only where it says better or worse, and then like for like."""
    if found.judged.tells:
        return badge_text(found.judged.outcome, more=change(found.judged.change))
    shown = word(found.judged.outcome)
    return f":gray-badge[{shown.material} {literal(shown.text)}]"


def how_sure(found: Verdict) -> str:
    """What a verdict rests on, in one short line."""
    if found.outcome is Conclusion.ASSUMED:
        return "simulated work: assumed, not observed"
    if found.outcome is Conclusion.INCOMPARABLE:
        return "no verdict"
    if found.outcome is Conclusion.NO_CLEAR_CHANGE and found.detectable is not None:
        return f"{change(found.detectable)} would have been seen"
    return f"95 %: {change(found.low)} to {change(found.high)}, like for like"


def summary(found: Comparison) -> str:
    """One KPI in five short lines: name, value now, movement, from where, how sure."""
    title = f":gray[:small[{literal(found.definition.title)}]]"
    if found.withheld is not None:
        return f"{title}  \n{NOTHING}  \n{badge_text('withheld')}"
    now, before = in_words(found.now.value, found.now.unit), in_words(found.baseline.value, found.baseline.unit)
    return (
        f"{title}  \n**{literal(now)}**  \n{movement(found)}  \n"
        f":gray[:small[from {literal(before)}]]  \n"
        f":gray[:small[{literal(how_sure(found.judged))}, n = {count(found.now.n)}]]"
    )
