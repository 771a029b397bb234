"""A fault that was seen on real material, as the wrong result that it had.

A fault says what the source gave (``payload``), what stood in Odoo after it (``odoo``,
fields of the record, or the name of a method of the test), and how *Verify* is to find
it: by the kind of difference, or as ``unaccounted``.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    case: str
    sentence: str
    stream: str
    source_id: str
    payload: dict = field(default_factory=dict)
    odoo: dict | str = field(default_factory=dict)
    found_by: tuple = ("unaccounted",)


def deal(case, sentence, payload, odoo, *found_by):
    return Fault(
        case, sentence, "deals", "d1", payload, odoo, found_by or ("unaccounted",)
    )


def company(case, sentence, payload, odoo, *found_by):
    return Fault(
        case, sentence, "companies", "c1", payload, odoo, found_by or ("unaccounted",)
    )


def contact(case, sentence, payload, odoo=None, *found_by):
    return Fault(
        *(case, sentence, "contacts", "p1", payload, odoo or {}),
        found_by or ("unaccounted",),
    )


def tell(table):
    """Add rows (case, sentence, found by) to the file that ``dev/faults`` asks for."""
    if path := os.environ.get("CRM_MIGRATION_FAULTS"):
        with Path(path).open("a", encoding="utf-8") as file:
            for case, text, by in table:
                file.write(f"{case:9} {text:58} {by or 'NOT FOUND'}\n")
