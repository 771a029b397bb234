"""What ran by itself in the source, and how it is built in Odoo."""

from ..guide_workbook import COLUMNS
from .parts import Column, Section, label_of, list_records

IN_WORKBOOK = ("used_by_text", "why_text", "remarks_text", "description")
SHOWN = 30
"""Each takes a third of a page; the rebuild guide for itself has all of them."""


def make_rebuild(job):
    """Return the automations, as the rebuild guide has them."""
    env = job.env
    guide = job._get_guide()
    title = env._("Rebuild Guide")
    if not guide["rows"]:
        return Section(title, [env._("Nothing that runs by itself was found.")])
    rows = env["crm.migration.automation"]
    figures = ", ".join(f"{label}: {count}" for label, count in guide["figures"])
    text = env._(
        "What ran by itself in the source: %(count)s. %(figures)s.",
        count=guide["count"],
        figures=figures,
    )
    table = list_records(
        rows,
        [("job_id", "=", job.id)],
        env._("Automations"),
        [
            Column(label_of(rows, name), width, on_page=name not in IN_WORKBOOK)
            for name, width in COLUMNS.items()
        ],
        lambda row: [_as_text(row, name) for name in COLUMNS],
        shown=SHOWN,
    )
    return Section(title, [text], tables=[table])


def _as_text(row, name):
    if row._fields[name].type == "selection":
        return row.env["crm.migration.display"]._show_choice(
            row._fields[name], row[name]
        )
    return row[name] or ""
