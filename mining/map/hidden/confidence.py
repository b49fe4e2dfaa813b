"""How sure a finding about hidden work is.

confidence = (support x consistency x effect) ^ (1/3), each part from 0 to 1. Support is the credibility n / (n + k) of
n cases with k = 10 (H. Bühlmann, "Experience rating and credibility", ASTIN Bulletin, 1967): 10 cases give one half,
90 give nine tenths. What consistency and effect are is said where each kind of finding is made. It ranks findings; it
is no probability.
"""

from __future__ import annotations

from mining.map.hidden.values import Confidence

HALF = 10  # cases that give a support of one half


def confidence(cases: int, consistency: float, effect: float) -> Confidence:
    """The confidence of a finding that `cases` show; its parts are kept within 0 and 1."""
    return Confidence(cases / (cases + HALF), min(1.0, max(0.0, consistency)), min(1.0, max(0.0, effect)))
