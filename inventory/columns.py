"""What is kept of a pilot: its columns, in a sheet and in the registry, in the order in which they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ColumnKind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"  # one line
    LONG = "long text"
    LIST = "names"
    REMARKS = "remarks"  # a list whose parts may have commas and slashes
    TERM = "word"  # one of the words that are kept, see sheets/words.toml
    TRUTH = "yes or no"
    DATE = "date"
    MONEY = "amount"
    CURRENCY = "currency"
    WHOLE = "whole number"
    SHARE = "share"
    LEVEL = "level"


class ColumnGroup(StrEnum):
    """What a column is about, in the order in which groups are shown."""

    WHAT = "What it is"
    WORK = "Work that it touches"
    DATA = "Data, risk and approvals"
    BUILT = "How it is built"
    WORTH = "Use, cost and benefit"
    TIME = "Dates and the end"


@dataclass(frozen=True)
class SheetColumn:
    """One column that a pilots sheet may have; its name is the field of the facts."""

    name: str
    help: str
    kind: ColumnKind = ColumnKind.TEXT
    required: bool = False

    @property
    def group(self) -> ColumnGroup:
        """What it is about."""
        return next(group for group, names in _GROUPS.items() if self.name in names)


_K = ColumnKind
_GROUPS = {
    ColumnGroup.WHAT: ("reference", "name", "department", "owner", "sponsor", "status", "purpose"),
    ColumnGroup.WORK: ("workflow", "activities", "actions", "systems"),
    ColumnGroup.DATA: (
        "data", "data_classes", "data_sensitivity", "risk_tier", "risk_drivers", "human_review", "autonomy_level",
        "approvals",
    ),
    ColumnGroup.BUILT: ("vendor", "model", "model_version", "platform", "runtime", "log_location", "links"),
    ColumnGroup.WORTH: (
        "users", "monthly_runs", "success_rate", "monthly_cost", "currency", "cost_period", "monthly_benefit",
        "benefit_evidence",
    ),
    ColumnGroup.TIME: ("started", "reviewed", "ended", "exit_plan"),
}  # fmt: skip
COLUMNS = (
    SheetColumn("reference", "the organisation's own id"),
    SheetColumn("name", "name of the pilot", required=True),
    SheetColumn("department", "department that runs it", required=True),
    SheetColumn("owner", "person who answers for it"),
    SheetColumn("sponsor", "person who pays for it"),
    SheetColumn("status", "its stage: idea, pilot, production, paused or stopped", _K.TERM),
    SheetColumn("purpose", "what it is for, free text", _K.LONG),
    SheetColumn("workflow", "workflow that its activities belong to"),
    SheetColumn("activities", "activity names, `;` between", _K.LIST),
    SheetColumn("actions", "actions that it may do, `;` between", _K.LIST),
    SheetColumn("systems", "systems of record, `;` between", _K.LIST),
    SheetColumn("data", "data it reads or writes, `;` between", _K.LIST),
    SheetColumn("data_classes", "classes of that data such as health or payroll, `;` between", _K.LIST),
    SheetColumn("data_sensitivity", "public, internal, confidential or personal", _K.TERM),
    SheetColumn("risk_tier", "low, medium, high or prohibited", _K.TERM),
    SheetColumn("risk_drivers", "why it has that tier, `;` between", _K.REMARKS),
    SheetColumn("vendor", "who supplies it"),
    SheetColumn("model", "AI model"),
    SheetColumn("model_version", "version of the model"),
    SheetColumn("platform", "where the model runs"),
    SheetColumn("runtime", "how the agent is asked, such as `http:` and an address"),
    SheetColumn("started", "date, such as 2026-01-31", _K.DATE),
    SheetColumn("reviewed", "date of the last review", _K.DATE),
    SheetColumn("ended", "date on which it ended", _K.DATE),
    SheetColumn("monthly_cost", "amount from 0; of a quarter or year, it is divided", _K.MONEY),
    SheetColumn("currency", "ISO 4217 code; needed where there is money", _K.CURRENCY),
    SheetColumn("cost_period", "what the cost is billed for: month, quarter or year", _K.TERM),
    SheetColumn("monthly_benefit", "amount from 0; of a quarter or year, it is divided", _K.MONEY),
    SheetColumn("benefit_evidence", "claimed, estimated, measured or none", _K.TERM),
    SheetColumn("users", "whole number from 0", _K.WHOLE),
    SheetColumn("monthly_runs", "runs a month, whole number from 0", _K.WHOLE),
    SheetColumn("success_rate", "share of the runs that succeed: 0.93 or 93 %", _K.SHARE),
    SheetColumn("human_review", "yes or no", _K.TRUTH),
    SheetColumn("autonomy_level", "1 suggests to 4 acts alone", _K.LEVEL),
    SheetColumn("approvals", "approvals it has, `;` between", _K.REMARKS),
    SheetColumn("log_location", "where its logs are"),
    SheetColumn("exit_plan", "what is done when it ends, free text", _K.LONG),
    SheetColumn("links", "addresses of pages about it, `;` or a blank between", _K.REMARKS),
)
BY_NAME = {column.name: column for column in COLUMNS}
GROUPED = {group: tuple(BY_NAME[name] for name in names) for group, names in _GROUPS.items()}
LISTS = tuple(c.name for c in COLUMNS if c.kind in (ColumnKind.LIST, ColumnKind.REMARKS))
MONEY = tuple(c.name for c in COLUMNS if c.kind is ColumnKind.MONEY)
