"""The ingest room: files become event logs, and every log says how sound it is."""

from ingest.query import import_query
from ingest.service import guess_roles, import_log, parts_of, quality
from ingest.values import Effect, Finding, ImportResult, Part, Preview, Role, RoleGuess

__all__ = [
    "Effect",
    "Finding",
    "ImportResult",
    "Part",
    "Preview",
    "Role",
    "RoleGuess",
    "guess_roles",
    "import_log",
    "import_query",
    "parts_of",
    "quality",
]
