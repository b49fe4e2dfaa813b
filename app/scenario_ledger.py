"""What a kept scenario expects of its log, as the ledger takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import BadInput

if TYPE_CHECKING:
    from inventory import Expectation
    from mining.whatif import KeptScenario


@dataclass(frozen=True)
class ExpectedOfLog:
    """The arguments of `expect`."""

    subject: str
    expectations: tuple[Expectation, ...]
    note: str


def expected_of_log(kept: KeptScenario) -> ExpectedOfLog:
    """Each KPI that the scenario expects of its log, as estimated. Raises BadInput where it was withheld."""
    from inventory import BenefitEvidence, Expectation

    expected = tuple(
        Expectation(one.metric, one.value, one.low, one.high, one.unit, BenefitEvidence.ESTIMATED)
        for one in kept.answer.expected
        if one.value is not None
    )
    if not expected:
        raise BadInput(f"The scenario `{kept.name}` expects nothing. {kept.answer.withheld or 'No KPI has a value.'}")
    note = f"What-if `{kept.name}` of map {kept.map} version {kept.map_version}"
    return ExpectedOfLog(f"log:{kept.answer.log}", expected, note)
