"""What docs/pilots.md says about risks, written from the rules themselves."""

from __future__ import annotations

from inventory.risk.conditions import ASKS
from inventory.risk.reading import OWN_RULES, shipped_rules
from inventory.risk.values import RiskSeverity

_HOW = f"""## Risks
`tandem pilot risks` (and the page of pilots, part Risks) lists every rule that a pilot which is not stopped breaks,
the worst first: by severity, then by how many findings the pilot has, then by its name. A finding says which fields
made it, and what to do. `--severity high` leaves out what is less severe.

`tandem pilot mute PILOT RULE --reason WHY --until 2027-01-31` says that a finding is known and may wait. It is shown as
muted, with who said so, why and until when, counts no more, and comes back after that day (UTC). `tandem pilot unmute`
ends it before. Both are recorded.

Rules are files, TOML, in `inventory/risk/rules`. An organisation adds its own: every `*.toml` in the folder
`{OWN_RULES}` of `TANDEM_HOME` counts, is read anew each time, and is checked whole; with any problem in them no finding
is shown, and all problems are named. A backup holds them.

    off = ["no_sponsor"]                      # rules that come with Tandem and do not count here

    [words.bargaining]                        # words by language; files add to each other's lists, also to shipped ones
    en = ["works council*", "collective bargaining"]
    de = ["betriebsrat*", "tarifverhandlung*"]

    [[rule]]
    id = "works_council_unasked"
    severity = "high"                         # low, medium, high or critical
    text = "The works council is asked before something concerns it."
    wrong = "It concerns the works council, and no approval is known"
    do = "Ask the works council and write its approval down."
    when = {{all = [{{field = "purpose", contains_any = ["@bargaining"]}}, {{field = "approvals", empty = true}}]}}
    source = "Works agreement of 2026"        # may be left out

A condition is `all`, `any` or `not` of conditions, or a test of a field (every column above is one). Tests are
{", ".join(f"`{name}`" for name in ASKS)}.
`is` and `not` take one value or a list; `not` and `empty` also fit what is not known, every other test needs a value.
`below_field` compares two amounts; `older_than_days` counts from today. `contains_any` looks for whole words and
phrases in one field or any of several, without case, accents and punctuation; `*` at an end of a word stands for any
letters, `@name` for a list of words. Nothing in a file is run.

Words point to a risk and prove nothing: lists are in English, German, French, Spanish, Dutch, Portuguese and Italian,
miss what is said in other words, and find what is only mentioned. Who has looked sets the risk tier, or mutes. What the
rules say of the law is a reason to ask who knows it, and no advice.

### The rules
"""


def risk_reference() -> str:
    """The section about risks, in Markdown."""
    worst = sorted(shipped_rules(), key=lambda rule: -rule.severity.rank)
    lines = [
        f"- `{rule.id}` ({rule.severity}): {rule.text}{f' {rule.source}.' if rule.source else ''}" for rule in worst
    ]
    assert {rule.severity for rule in worst} == set(RiskSeverity)  # each is in use
    return _HOW + "\n".join(lines)
