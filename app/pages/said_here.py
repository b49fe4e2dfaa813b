"""Messages that name options of the command line, said for a page: there the answer is one of its controls."""

from __future__ import annotations

import re

COLUMNS = "1. Columns"
TIMES = "2. Times, amounts, missing values"
WORDS = "3. Words"
ENDS = "Activities that end a case"
ERRORS = "Which of these outcomes are errors?"
ORDER = "Order of days and months"
DECIMAL = "Decimal mark of amounts"
ENCODING = "Encoding"

_ROLES = (
    "case", "activity", "end", "start", "performer", "performer-kind", "system", "cost", "outcome", "due", "complete",
    "lifecycle",
)  # fmt: skip
CONTROLS = {  # option to control of the import
    **{role: f"“{role.replace('-', ' ').capitalize()}” under {COLUMNS}" for role in _ROLES},
    "decimal": f"“{DECIMAL}” under {TIMES}",
    "date-order": f"“{ORDER}” under {TIMES}",
    "encoding": f"“{ENCODING}” at the top",
    "error-words": f"“{ERRORS}” under {WORDS}",
    "ends": f"“{ENDS}” under {WORDS}",
    "object-type": "“Object type whose objects are the cases” at the top",
    "kind": f"“Performer kind” under {COLUMNS}",
}
_OPTION = rf"`--({'|'.join(CONTROLS)})\b[^`]*`"
_SENTENCES = tuple(
    (re.compile(written), said)
    for written, said in (
        (r"Import with `--ends` to say otherwise", f"To say otherwise, import it again and choose “{ENDS}”"),
        (r"name the activities that end a case \(`--ends`\)", f"import it again and choose “{ENDS}”"),
        (
            r"Import it again with --performer-kind COLUMN or --kind NAME=human",
            "Import it again and choose the column of “Performer kind”",
        ),
        (r"again with --performer COLUMN", "again and choose the column of “Performer”"),
        (r"again with --system COLUMN", "again and choose the column of “System”"),
        (
            r"Say them with `--error-words`, such as `--error-words '[^`]*'`; the others are none",
            f"Choose it as “Outcome” under {COLUMNS}, and under {WORDS} the errors; the others are none",
        ),
        (r"Say which of them are errors with `--error-words`", f"Choose which of them are errors under {WORDS}"),
        (
            r"Say (how|which) with `--decimal comma` or `--decimal point`",
            f"Choose the decimal mark under {TIMES}",
        ),
        (r"leave them out with `--cost ''`", f"leave them out with “not in the file” as “Cost” under {COLUMNS}"),
        (r"import again with `--decimal comma`", f"choose the comma as decimal mark under {TIMES}"),
        (r"import again with `--date-order mdy`", f"choose “month before day” under {TIMES}"),
        (r"Say which one with `--cost COLUMN`", f"Choose one as “Cost” under {COLUMNS}"),
        (r"Name the column with `--outcome COLUMN`", f"Choose the column of “Outcome” under {COLUMNS}"),
        (r"Say which one it is with `--case [^`]*`|Say which one it is with `--(activity|end) [^`]*`",
         f"Choose it under {COLUMNS}"),
        (r"([Gg])ive (?:the|its) encoding(?: it has)?, such as `--encoding [^`]*`(?: or `--encoding [^`]*`)?",
         "\\1ive its encoding at the top"),
        (r"Give `--encoding ([^ `]+)`", f"Choose \\1 as “{ENCODING}” at the top"),
        (r"Give `--encoding`", f"Choose the “{ENCODING}” at the top"),
    )
)  # fmt: skip


def said_here(message: str) -> str:
    """`message` with the controls of the import in place of the options that a command would take."""
    if "--" not in message:
        return message
    for written, said in _SENTENCES:
        message = written.sub(said, message)
    return re.sub(_OPTION, lambda found: CONTROLS[found[1]], message)
