"""What the invented departments of the sample try out with agents: 24 pilots, with what is wrong with some of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Idea:
    """One pilot before money and dates are drawn."""

    name: str
    department: str
    owner: str
    sponsor: str
    status: str
    purpose: str
    activities: tuple[str, ...]
    systems: tuple[str, ...]
    data: tuple[str, ...]
    sensitivity: str
    model: str
    review: str
    autonomy: str = ""


def _idea(who: str, name: str, state: str, touches: str, how: str, purpose: str) -> Idea:
    """An Idea from the sheet's short form: parts are divided by `|`, several values in one part by `;`."""
    department, owner, sponsor = (part.strip() for part in who.split("|"))
    status, autonomy, review = (part.strip() for part in state.split("|"))
    activities, systems, data = (tuple(v.strip() for v in part.split(";") if v.strip()) for part in touches.split("|"))
    sensitivity, model = (part.strip() for part in how.split("|"))
    return Idea(
        name,
        department,
        owner,
        sponsor,
        status,
        purpose,
        activities,
        systems,
        data,
        sensitivity,
        model,
        review,
        autonomy,
    )


PROCUREMENT = "Procurement | Lotte Averink | Philippe Grandmont"
PAYABLES = "Accounts payable | Ursula Kessler | Ingmar Tessin"
WAREHOUSE = "Warehouse | Joost Klaver | Corinna Alberti"
QUALITY = "Quality | Astrid Fjellheim | Corinna Alberti"
IT = "IT | Sami Laukkanen | Kaspar Lindqvist"
LEGAL = "Legal | Odile Marchetti | Ingmar Tessin"

IDEAS: tuple[Idea, ...] = (
    _idea(PROCUREMENT, "Order drafting assistant", "pilot | 2 | yes",
          "Draft purchase order | ERP | purchase orders; contracts", "internal | large language model",
          "Drafts purchase orders from approved requisitions; a buyer sends them on."),
    _idea(PROCUREMENT, "Quotation comparer", "production | 3 | yes",
          "Compare quotations | DMS; E-mail | quotations", "confidential | large language model",
          "Reads quotations from mail and puts price, terms and delivery side by side."),
    _idea(PROCUREMENT, "Vendor finder", "pilot | 1 | yes",
          "Select vendor | ERP | vendor master", "internal | embeddings",
          "Suggests vendors for a requisition from past orders."),
    _idea(PROCUREMENT, "Quotation mailer", "paused | 2 | yes",
          "Request quotation | E-mail | quotations", "internal | large language model",
          "Writes requests for quotation. Paused since the mail gateway changed."),
    _idea("Procurement | Emil Karlstad |", "Confirmation reader", "pilot | 3 | no",
          "Receive order confirmation | E-mail; ERP | order confirmations", "internal | document extraction",
          "Compares order confirmations with orders and flags changed dates."),
    _idea(PAYABLES, "Invoice reader", "production | 3 | yes",
          "Record invoice | DMS; ERP | invoices", "confidential | document extraction",
          "Extracts invoice lines from scans."),
    _idea(PAYABLES, "Mail-in invoice capture", "pilot | 2 | yes",
          "Record invoice | DMS; E-mail | invoices", "confidential | document extraction",
          "Takes invoices out of the mailbox and records them. The same step as the invoice reader."),
    _idea("Accounts payable | | Ingmar Tessin", "Mismatch explainer", "pilot | 1 | yes",
          "Match invoice | ERP | invoices; goods receipts", "internal | large language model",
          "Says in words why an invoice does not match. Its owner left in spring."),
    _idea(PAYABLES, "Early payment adviser", "idea | | ",
          "Pay invoice | ERP; Payment system | invoices; bank details", "confidential | gradient boosting",
          "Finds invoices whose cash discount is worth paying early."),
    _idea("Accounts payable | | ", "Vendor bank detail updater", "production | 4 | no",
          "| ERP; E-mail | vendor master; bank details", "personal | large language model",
          "Changes bank details when a vendor writes. Nobody reviews it and nobody owns it."),
    _idea(WAREHOUSE, "Delivery note scanner", "production | 3 | yes",
          "Receive goods | ERP | delivery notes; goods receipts", "internal | document extraction",
          "Books goods receipts from photographed delivery notes."),
    _idea(WAREHOUSE, "Dock scheduler", "pilot | 2 | yes",
          "Receive goods | Supplier portal | delivery windows", "internal | optimisation",
          "Assigns unloading windows to carriers."),
    _idea(WAREHOUSE, "Forklift route planner", "idea | | ",
          "Move pallets | Warehouse control | positions", "internal | optimisation",
          "Shorter ways between dock and shelf. The step is in no event log."),
    _idea("Warehouse | Milan Hradek | ", "Returns label writer", "stopped | 2 | yes",
          "Return goods | Supplier portal | returns", "internal | large language model",
          "Wrote return labels. Stopped, licence still paid."),
    _idea(QUALITY, "Picture inspection", "pilot | 2 | yes",
          "Inspect goods | DMS | inspection pictures", "internal | computer vision",
          "Finds scratches and missing parts on pictures."),
    _idea(QUALITY, "Certificate checker", "pilot | 2 | yes",
          "Inspect goods | DMS | certificates", "internal | document extraction",
          "Checks material certificates against the order."),
    _idea(QUALITY, "Complaint letter writer", "production | 3 | no",
          "Return goods | E-mail | inspection reports; vendor contacts", "personal | large language model",
          "Writes to vendors about bad goods, without anybody reading it first."),
    _idea(IT, "Service desk triage", "production | 3 | yes",
          "Classify ticket | ITSM | tickets", "personal | large language model",
          "Sorts tickets. Not part of purchasing."),
    _idea(IT, "Hardware order bot", "pilot | 4 | no",
          "Create requisition; Draft purchase order | ERP | requisitions; purchase orders",
          "internal | large language model",
          "Orders standard laptops by itself. Drafts orders a second time beside Procurement's assistant."),
    _idea(IT, "Licence renewal watcher", "idea | 1 | ",
          "Create requisition | ERP | contracts", "internal | rules",
          "Asks for renewals before licences run out."),
    _idea("IT | | Kaspar Lindqvist", "Quotation PDF extractor", "paused | 1 | yes",
          "Compare quotations | DMS | quotations", "confidential | document extraction",
          "A hackathon's reader of quotations; overlaps with the quotation comparer."),
    _idea(LEGAL, "Contract clause finder", "pilot | 1 | yes",
          "Review contract | DMS | contracts", "confidential | large language model",
          "Finds liability and termination clauses."),
    _idea(LEGAL, "Sanctions screening", "production | 2 | yes",
          "Select vendor | ERP; Sanctions list | vendor master", "personal | matching",
          "Screens vendors against sanctions lists before they are chosen."),
    _idea("Legal | Odile Marchetti | ", "Framework agreement drafter", "idea | 1 | yes",
          "Draft contract | DMS | contracts", "confidential | large language model",
          "Drafts framework agreements from earlier ones."),
)  # fmt: skip
