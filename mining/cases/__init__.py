"""Variants and cases: their lists, page by page, and the story of one case down to its raw events."""

from mining.cases.export import export_events
from mining.cases.service import case_story, list_cases, list_variants, variant_page
from mining.cases.values import (
    CaseInstance,
    CaseOrder,
    CasePage,
    CaseRow,
    CaseStory,
    VariantPage,
    VariantRow,
)

__all__ = [
    "CaseInstance",
    "CaseOrder",
    "CasePage",
    "CaseRow",
    "CaseStory",
    "VariantPage",
    "VariantRow",
    "case_story",
    "export_events",
    "list_cases",
    "list_variants",
    "variant_page",
]
