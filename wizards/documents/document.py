"""The sections of a document, in their order."""

from odoo.tools.translate import LazyTranslate

from .amounts import make_amounts
from .decisions import make_duplicates, make_mapping, make_owners, make_values
from .files import make_files
from .parts import format_cell
from .rebuild import make_rebuild
from .scope import make_cover, make_scope
from .signed import make_signatures, make_spot_check
from .sums import make_coverage, make_differences, make_reconciliation

_lt = LazyTranslate(__name__)

SECTIONS = {
    "scope": (_lt("Scope of the Migration"), make_scope),
    "mapping": (_lt("Mapping"), make_mapping),
    "values": (_lt("Value Lists"), make_values),
    "owners": (_lt("Owners"), make_owners),
    "duplicates": (_lt("Duplicates"), make_duplicates),
    "reconciliation": (_lt("Reconciliation"), make_reconciliation),
    "amounts": (_lt("Amounts of Deals"), make_amounts),
    "coverage": (_lt("Coverage"), make_coverage),
    "differences": (_lt("Differences and What Was Accepted"), make_differences),
    "files": (_lt("Attachments"), make_files),
    "spot_check": (_lt("Spot Check"), make_spot_check),
    "rebuild": (_lt("Rebuild Guide"), make_rebuild),
    "signatures": (_lt("Sign-Offs"), make_signatures),
}
"""Name → (title, what makes it); the cover comes before all."""
MOST_ROWS = 2000
"""Rows of a whole document on paper: they fill less than 200 pages."""

HEAD_WORD = 1.4
"""Room of a letter of a heading, in characters of the widths: it is bold."""


def make_sections(job, names=None):
    """Return the cover and the sections that are wanted; None: all of them."""
    wanted = [n for n in SECTIONS if names is None or n in names]
    return [make_cover(job), *(SECTIONS[name][1](job) for name in wanted)]


def make_pages(job, names=None):
    """Return what the template prints: of long lists the first rows."""
    cover, *sections = make_sections(job, names)
    return {"job": job, "cover": cover, "sections": sections, "show": _Show(job.env)}


class _Show:
    """What the template asks for."""

    def __init__(self, env):
        self.env = env

    def cells(self, table, row):
        return [
            (format_cell(self.env, column, value), column.kind != "text")
            for column, value in zip(table.columns, row, strict=True)
            if column.on_page
        ]

    def widths(self, table):
        """Return the shares of the columns, in percent: each takes its longest word."""
        columns = table.get_on_page()
        least = (max(map(len, column.label.split() or [""])) for column in columns)
        widths = [
            max(column.width, HEAD_WORD * word + 3)
            for column, word in zip(columns, least, strict=True)
        ]
        return [round(100 * width / sum(widths), 1) for width in widths]

    def hidden(self, table):
        return self.env._(
            "%(count)s more: the workbook (XLSX) has all of them.",
            count=format_cell(self.env, _COUNT, table.count_hidden()),
        )


class _Count:
    kind = "number"


_COUNT = _Count()
