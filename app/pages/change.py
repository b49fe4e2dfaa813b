"""How a KPI moved against its baseline, in the same words and colours wherever it is shown."""

from __future__ import annotations

from app.pages.parts import badge_text
from app.pages.road import tells
from app.theme import NOTHING, count, word
from kpi import Comparison, in_words


def movement(found: Comparison) -> str:
    """Better or worse, by how much; in colour only where it stands out of the noise."""
    percent = "" if found.change is None else f"{found.change:+.0%}".replace("-", "−").replace("%", " %")
    if not tells(found):
        return f":gray-badge[{percent}]"
    state = {True: "better", False: "worse", None: "unchanged"}[found.better]
    if found.within_noise is False:
        return badge_text(state, more=percent)
    shown = word(state)
    return f":gray-badge[{shown.material} {shown.text} {percent}]"


def noise(found: Comparison) -> str:
    """Whether the movement stands out of the noise, in words."""
    return found.verdict.split(", ", 1)[-1] if tells(found) else "set by when the simulated runs were started"


def summary(found: Comparison) -> str:
    """One KPI in five short lines: name, value now, movement, from where, how sure."""
    title = f":gray[:small[{found.definition.title}]]"
    if found.withheld is not None:
        return f"{title}  \n{NOTHING}  \n{badge_text('withheld')}"
    now, before = in_words(found.now.value, found.now.unit), in_words(found.baseline.value, found.baseline.unit)
    return (
        f"{title}  \n**{now}**  \n{movement(found)}  \n"
        f":gray[:small[from {before}]]  \n:gray[:small[{noise(found)}, n = {count(found.now.n)}]]"
    )
