"""What was migrated: the cover, the objects, the options."""

from odoo import fields
from odoo.tools import formatLang

from ...models.job.crm_migration_options import OPTIONS
from .parts import (
    NUMBER,
    Column,
    Section,
    choice_of,
    day_of,
    label_of,
    make_table,
)

TOTALS = ("source", "staged", "loaded", "aside", "failed", "compared", "difference")


def make_cover(job):
    """Return what was migrated from where, by whom and when, and how it ended."""
    env, runs = job.env, job.run_ids.sorted("id")
    begun, ended = runs[:1].started_at, runs[-1:].ended_at or fields.Datetime.now()
    facts = [
        (env._("Migration"), job.name),
        (
            env._("Source"),
            " · ".join(filter(None, [choice_of(job, "source"), job.version])),
        ),
        (env._("Connected As"), job.login),
        (env._("Database"), env.cr.dbname),
        (env._("Company"), job.company_id.name),
        (env._("People"), job.anonymize and env._("Invented: they were anonymized")),
        (
            env._("Period"),
            f"{day_of(env, begun)} – {day_of(env, ended)}" if begun else "",
        ),
        (env._("Run By"), ", ".join(runs.user_id.mapped("name"))),
        (env._("Status"), choice_of(job, "phase")),
        (
            env._("Document Made"),
            f"{day_of(env, fields.Datetime.now())}, {env.user.name}",
        ),
    ]
    facts += get_result(job)
    return Section(env._("Migration"), facts=[f for f in facts if f[1]])


def get_result(job):
    """Return the sums of everything as pairs of label and text."""
    lines = job.env["crm.migration.overview"].search([("job_id", "=", job.id)])
    facts = [
        (
            label_of(lines, f"{name}_count"),
            formatLang(job.env, sum(lines.mapped(f"{name}_count")), digits=0),
        )
        for name in TOTALS
    ]
    return [*facts, (label_of(job, "coverage_text"), job.coverage_text)]


def make_scope(job):
    """Return the objects with their filters, and the options."""
    env = job.env
    lines = env["crm.migration.overview"].search([("job_id", "=", job.id)])
    by_stream = {line.stream_id: line for line in lines}
    rows = []
    for stream in job.stream_ids.sorted("sequence"):
        line = by_stream.get(stream)
        rows.append(
            [
                stream.label,
                line.model_label if line else "",
                env._("Yes") if stream.selected else env._("No"),
                stream.source_count,
                stream.staged_count,
                stream.filter_text or "",
            ]
        )
    columns = [
        Column(env._("Object"), 28),
        Column(env._("Becomes"), 28),
        Column(env._("Included"), 10),
        Column(env._("In the Source"), 12, NUMBER),
        Column(env._("Staged"), 12, NUMBER),
        Column(env._("Filter"), 50),
    ]
    show = env["crm.migration.display"]._show_field
    options = [[label_of(job, name), show(job, name)] for name in OPTIONS]
    heads = [Column(env._("Option"), 36), Column(env._("Choice"), 60)]
    return Section(
        env._("Scope of the Migration"),
        tables=[
            make_table(env._("Objects"), columns, rows),
            make_table(env._("Options"), heads, [row for row in options if row[1]]),
        ],
    )
