"""How an order is worked on in the sample: its steps, as the purchasing rules and the deviations have them."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from data.draws import Draws
from data.hours import DAY, HOUR
from data.orders import LIMIT, QUOTATIONS_ABOVE, Order, RuleBreach
from data.staff import (
    BUDGET_CONTROL,
    BUYERS,
    HEAD,
    INVOICE_MATCH,
    LEADS,
    PAYABLES,
    PAYMENT_RUN,
    PORTAL,
    QUALITY,
    WAREHOUSE,
    budget_owner,
    requesters,
)

ERP, SUPPLIER_PORTAL, MAIL, DMS, PAYMENTS = "ERP", "Supplier portal", "E-mail", "DMS", "Payment system"


@dataclass(frozen=True)
class Step:
    """One piece of work to be done."""

    activity: str
    pool: str
    system: str
    seconds: int  # of service
    wait: int  # seconds before anybody looks at it
    failed: bool = False
    same_as: str | None = None  # activity whose performer must do it
    prefers: str | None = None  # activity whose performer does it unless it would take longer


@dataclass(frozen=True)
class Both:
    """Two strands of work that go on at the same time."""

    first: Strand
    second: Strand


Strand = Generator["Step | Both", None, None]

# activity: pool, system, median minutes of service, median hours until somebody looks at it
_WORK: dict[str, tuple[str, str, float, float]] = {
    "Create requisition": ("", ERP, 14, 0.2),
    "Check budget": (BUDGET_CONTROL, ERP, 0.6, 0.05),
    "Approve requisition": ("", ERP, 7, 9.0),
    "Select vendor": (BUYERS, ERP, 17, 30.0),
    "Request quotation": (BUYERS, MAIL, 19, 9.0),
    "Compare quotations": (BUYERS, DMS, 46, 66.0),
    "Draft purchase order": (BUYERS, ERP, 26, 22.0),
    "Approve purchase order": (LEADS, ERP, 8, 8.0),
    "Approve purchase order above limit": (HEAD, ERP, 18, 22.0),
    "Send purchase order": (PORTAL, SUPPLIER_PORTAL, 1.2, 0.3),
    "Receive order confirmation": (BUYERS, MAIL, 6, 28.0),
    "Receive goods": (WAREHOUSE, ERP, 21, 0.0),
    "Inspect goods": (QUALITY, DMS, 38, 5.0),
    "Return goods": (WAREHOUSE, SUPPLIER_PORTAL, 27, 7.0),
    "Record invoice": (PAYABLES, DMS, 9, 0.0),
    "Match invoice": (INVOICE_MATCH, ERP, 0.8, 1.0),
    "Resolve mismatch": (PAYABLES, MAIL, 52, 17.0),
    "Approve invoice": ("", ERP, 6, 15.0),
    "Pay invoice": (PAYMENT_RUN, PAYMENTS, 1.5, 0.0),
}
ACTIVITIES = tuple(_WORK)


@dataclass(frozen=True)
class StepWriter:
    """Makes the steps of one order, with service and waiting drawn around their medians."""

    order: Order
    draws: Draws

    def step(
        self,
        activity: str,
        *,
        failed: bool = False,
        wait_hours: float | None = None,
        same_as: str | None = None,
        prefers: str | None = None,
    ) -> Step:
        """The step for `activity`."""
        pool, system, minutes, hours = _WORK[activity]
        median_wait = hours if wait_hours is None else wait_hours
        service = min(max(self.draws.around(minutes, 0.45) * 60, 5.0), 150 * 60.0)
        urgency = 0.6 if self.order.priority == "urgent" else 1.0
        wait = self.draws.around(median_wait * HOUR * urgency, 0.55) if median_wait else 0.0
        return Step(
            activity, pool or self._own_pool(activity), system, int(service), int(wait), failed, same_as, prefers
        )

    def _own_pool(self, activity: str) -> str:
        own = requesters if activity == "Create requisition" else budget_owner
        return own(self.order.department)

    def whole(self) -> Strand:
        """The case from the first step to the last."""
        if self.order.deviation is RuleBreach.MAVERICK:
            yield from self.maverick()
        elif self.order.deviation is RuleBreach.LATE_ORDER:
            yield from self.requisition()
            yield self.step("Record invoice", wait_hours=90)
            yield from self.ordering()
            yield from self.delivery()
            yield from self.settlement()
        else:
            yield from self.requisition()
            yield from self.sourcing()
            yield from self.ordering()
            yield Both(self.delivery(), self.invoice())
            yield from self.settlement()

    def maverick(self) -> Strand:
        """Somebody called the vendor: goods and invoice come first, a buyer writes the order afterwards."""
        yield from self.delivery()
        yield self.step("Record invoice", wait_hours=30)
        yield self.step("Draft purchase order", wait_hours=20)
        yield from self.settlement()

    def requisition(self) -> Strand:
        """Asking for it, until budget and budget owner agree."""
        yield self.step("Create requisition")
        for _ in range(self.order.budget_refusals):
            yield self.step("Check budget")
            yield self.step("Create requisition", wait_hours=20, same_as="Create requisition")
        yield self.step("Check budget")
        yield self.step("Approve requisition")
        for _ in range(self.order.rejections):
            yield self.step("Create requisition", wait_hours=10, same_as="Create requisition")
            yield self.step("Check budget")
            yield self.step("Approve requisition")

    def sourcing(self) -> Strand:
        """Choosing who delivers; quotations above a value."""
        yield self.step("Select vendor")
        if self.order.amount <= QUOTATIONS_ABOVE:
            return
        for _ in range(1 + self.order.requotes):
            yield self.step("Request quotation", prefers="Select vendor")
            yield self.step("Compare quotations", prefers="Request quotation")

    def ordering(self) -> Strand:
        """The order, its approval and its way to the vendor."""
        approval = "Approve purchase order above limit" if self.order.amount > LIMIT else "Approve purchase order"
        itself = self.order.deviation is RuleBreach.SELF_APPROVED
        yield self.step("Draft purchase order", prefers=None if itself else "Select vendor")
        yield self.step(
            approval, same_as="Draft purchase order" if itself else None, wait_hours=0.1 if itself else None
        )
        for _ in range(self.order.send_errors):
            yield self.step("Send purchase order", failed=True)
        yield self.step("Send purchase order")
        if self.order.deviation is not RuleBreach.LATE_ORDER:
            yield self.step("Receive order confirmation", prefers="Draft purchase order")

    def delivery(self) -> Strand:
        """Goods on the ramp, or a service accepted; inspected where the category asks for it, sent back where bad."""
        category = self.order.category
        days = 1 if self.order.deviation is RuleBreach.LATE_ORDER else category.delivery_days
        for round_ in range(1 + self.order.returns):
            yield self.step("Receive goods", wait_hours=24 * days)
            if category.inspected:
                yield self.step("Inspect goods")
            if round_ < self.order.returns:
                yield self.step("Return goods")

    def invoice(self) -> Strand:
        """The invoice on the desk of accounts payable, a few days after the order."""
        days = self.order.category.delivery_days * 0.9 + 2
        for _ in range(self.order.entry_errors):
            yield self.step("Record invoice", wait_hours=24 * days, failed=True)
            days = 0.3
        yield self.step("Record invoice", wait_hours=24 * days)

    def settlement(self) -> Strand:
        """Matching, approving and paying; the payment run collects what is due."""
        for _ in range(self.order.mismatches):
            yield self.step("Match invoice")
            yield self.step("Resolve mismatch")
        yield self.step("Match invoice")
        yield self.step("Approve invoice")
        yield self.step("Pay invoice", wait_hours=DAY * 2 / HOUR)
