"""Words of the name: how many of its telling words say that something is moved, noted or computed, and not weighed.

    w = clerical words / (clerical words + words of judgement)

Routine against non-routine tasks: D. H. Autor, F. Levy, R. J. Murnane, The Skill Content of Recent Technological
Change, Quarterly Journal of Economics 118, 2003. The word lists (naming/words.toml, five languages) are ours and
assumed.
"""

from __future__ import annotations


def clerical_share(clerical: int, judgement: int) -> float | None:
    """The share, 0 to 1; None for a name without any telling word."""
    telling = clerical + judgement
    return clerical / telling if telling else None
