"""The claimed benefit of a pilot beside the measured one, and the claim as the ledger corrects it."""

from __future__ import annotations

from collections.abc import Sequence

from core.figures import per_cent
from inventory.decisions.values import ClaimCheck, WorkBeforeAfter
from inventory.hour_rate import HourRate
from inventory.ledger.values import LedgerCorrection
from inventory.values import BenefitEvidence, PilotFacts

_CORRECTED = (BenefitEvidence.CLAIMED, BenefitEvidence.ESTIMATED)


def claim_of(
    facts: PilotFacts, work: Sequence[WorkBeforeAfter], logs: Sequence[str], rate: HourRate | None,
    correction: LedgerCorrection,
) -> ClaimCheck:  # fmt: skip
    """What is claimed and what was measured. `logs` are those of real work."""
    evidence = evidence_of(facts)
    told = [one for one in work if one.reason is None]
    measured = sum(one.saved_money or 0.0 for one in told) if told and rate else None
    corrected = None
    if facts.monthly_benefit is not None and correction.factor is not None and evidence in _CORRECTED:
        corrected = facts.monthly_benefit * correction.factor
    words = [_claimed(facts, evidence)]
    if corrected is not None:
        words.append(f"Times {correction.factor:.2f}, the ledger's ratio: {corrected:,.2f} {facts.currency}.")
    words += [_measured(one, rate) for one in told] or [_why_none(facts, work, logs)]
    return ClaimCheck(
        facts.monthly_benefit, facts.currency, evidence, corrected, tuple(work), measured, " ".join(words)
    )


def evidence_of(facts: PilotFacts) -> BenefitEvidence:
    """What stands behind the benefit in the registry; a number without a word about it is a claim."""
    if facts.monthly_benefit is None:
        return BenefitEvidence.NONE
    return facts.benefit_evidence if facts.benefit_evidence not in (None, BenefitEvidence.NONE) else (
        BenefitEvidence.CLAIMED
    )  # fmt: skip


def _claimed(facts: PilotFacts, evidence: BenefitEvidence) -> str:
    if facts.monthly_benefit is None:
        return "No benefit is claimed."
    return f"The registry says {facts.monthly_benefit:,.2f} {facts.currency} a month ({evidence})."


def _measured(one: WorkBeforeAfter, rate: HourRate | None) -> str:
    assert one.saved_share is not None
    assert one.saved_low is not None
    assert one.saved_high is not None
    word = "less" if one.saved_share >= 0 else "more"
    clear = "" if one.saved_low > 0 or one.saved_high < 0 else "; the interval has 0, so no change is clear"
    money = f", worth {plain_number(one.saved_money, 2)} {one.currency}" if one.saved_money is not None else ""
    without = "" if rate else " Without a rate, hours stay hours."
    return (
        f"In `{one.log}`, people's work on {', '.join(f'`{t}`' for t in one.tasks)} took {one.hours_before:,.1f} h a "
        f"month in {one.months_before} months before it started and {one.hours_after:,.1f} h in {one.months_after} "
        f"months since: a case takes {per_cent(abs(one.saved_share))} {word} (saved {signed(one.saved_low)} to "
        f"{signed(one.saved_high)}{clear}). Saved: {plain_number(one.saved_hours)} h a month "
        f"({plain_number(one.saved_hours_low)} to {plain_number(one.saved_hours_high)}){money}.{without}"
    )


def signed(share: float) -> str:
    """A share that may be below 0, such as "−3.4 %"."""
    return f"{'−' if share < 0 else ''}{per_cent(abs(share))}"


def plain_number(number: float | None, places: int = 1) -> str:
    """A number that may be below 0, such as "−3.4"."""
    return "–" if number is None else f"{number:,.{places}f}".replace("-", "−")


def _why_none(facts: PilotFacts, work: Sequence[WorkBeforeAfter], logs: Sequence[str]) -> str:
    """Why nothing was measured, in words."""
    if not logs:
        return "Nothing was measured: there is no event log of real work."
    if not facts.activities:
        return "Nothing was measured: it names no activity."
    if not work:
        return "Nothing was measured: none of its activities is in an event log. Link one, or import the log."
    return "Nothing was measured: " + " ".join(one.reason or "" for one in work)
