"""What became of everything: sums per object, coverage, differences, and why."""

from odoo.tools import SQL

from ...models.evidence.crm_migration_missed import KINDS
from ...models.words.messages import get_heading
from .parts import (
    NUMBER,
    Column,
    Section,
    choice_of,
    day_of,
    label_of,
    list_records,
    make_table,
)

SUMS = (
    *("source", "vanished", "rejected", "missing", "staged", "created", "updated"),
    *("merged", "unchanged", "skipped", "unmapped", "failed", "pending"),
)
ALWAYS = {"source", "staged", "created", "updated", "merged", "skipped", "failed"}
"""Columns that stand there also where all is zero."""


def get_lines(job):
    """Return the sums of the last load or verification of each object."""
    job.env.flush_all()
    rows = job.env.execute_query(
        SQL(
            """
            SELECT DISTINCT ON (line.stream_id) line.id
              FROM crm_migration_reconciliation AS line
              JOIN crm_migration_run AS run ON run.id = line.run_id
             WHERE line.job_id = %s AND line.is_prediction IS NOT TRUE
               AND run.kind <> 'rollback'
             ORDER BY line.stream_id, line.run_id DESC
            """,
            job.id,
        )
    )
    lines = job.env["crm.migration.reconciliation"].browse(row[0] for row in rows)
    return lines.sorted(lambda line: (line.sequence, line.id))


def make_reconciliation(job):
    """Return the sums of each object, and why records were left out or failed."""
    env, lines = job.env, get_lines(job)
    names = [
        name for name in SUMS if name in ALWAYS or any(lines.mapped(f"{name}_count"))
    ]
    columns = [Column(label_of(lines, "stream_id"), 28)]
    columns += [Column(label_of(lines, f"{n}_count"), 12, NUMBER) for n in names]
    columns.append(Column(label_of(lines, "is_balanced"), 10))
    rows = [
        [
            line.stream_id.label,
            *(line[f"{name}_count"] for name in names),
            env._("Yes") if _adds_up(line) else env._("No"),
        ]
        for line in lines
    ]
    totals = [env._("Total")]
    totals += [sum(lines.mapped(f"{name}_count")) for name in names] + [""]
    text = env._(
        "Of each object, what is staged is what was created, updated, merged, unchanged, "
        "skipped, not loaded, failed and still to do; the database refuses sums that do "
        "not add up."
    )
    sums = make_table(
        env._("Sums"), columns, rows, totals=totals if rows else None, shown=200
    )
    return Section(env._("Reconciliation"), [text], tables=[sums, *_get_reasons(job)])


def _adds_up(line):
    parts = ("created", "updated", "merged", "unchanged", "skipped", "unmapped")
    parts = (*parts, "failed", "pending")
    staged = sum(line[f"{name}_count"] for name in parts)
    met = line.staged_count + line.rejected_count + line.missing_count
    return (
        line.staged_count == staged
        and line.source_count + line.vanished_count == met
        and not line.pending_count
        and not line.missing_count
    )


def _get_reasons(job):
    """Yield tables of why records are not in Odoo."""
    env = job.env
    rows = env.execute_query(
        SQL(
            """
            SELECT stream.label, record.state, record.problem,
                   COALESCE(record.skip_reason, record.message, ''), count(*)
              FROM crm_migration_record AS record
              JOIN crm_migration_stream AS stream ON stream.id = record.stream_id
             WHERE record.job_id = %s
               AND record.state IN ('skipped', 'unmapped', 'failed')
             GROUP BY 1, 2, 3, 4, stream.sequence
             ORDER BY stream.sequence, 5 DESC
            """,
            job.id,
        )
    )
    records = env["crm.migration.record"]
    states = dict(records._fields["state"]._description_selection(env))
    columns = [
        Column(env._("Object"), 28),
        Column(env._("Status"), 14),
        Column(env._("Why"), 90),
        Column(env._("Records"), 10, NUMBER),
    ]
    if rows:
        yield make_table(
            env._("Not in Odoo"),
            columns,
            [
                [label, states[state], why or (code and get_heading(env, code)), count]
                for label, state, code, why, count in rows
            ],
        )


def make_coverage(job):
    """Return where the filled values of the source stand."""
    env = job.env
    sums = env["crm.migration.coverage"]._read_group(
        [("job_id", "=", job.id)], ["stream_id", "kind"], ["count:sum"]
    )
    if not sums:
        return Section(env._("Coverage"), [env._("It has not been verified yet.")])
    kinds = [kind for kind, _label in KINDS]
    labels = dict(
        env["crm.migration.coverage"]._fields["kind"]._description_selection(env)
    )
    found = {}
    for stream, kind, count in sums:
        found.setdefault(stream, {})[kind] = count
    columns = [Column(env._("Object"), 30)]
    columns += [Column(labels[kind], 16, NUMBER) for kind in kinds]
    columns.append(Column(env._("Filled Values"), 16, NUMBER))
    rows = [
        [
            stream.label,
            *(counts.get(kind, 0) for kind in kinds),
            sum(counts.values()),
        ]
        for stream, counts in sorted(found.items(), key=lambda item: item[0].sequence)
    ]
    totals = [env._("Total"), *(sum(row[n] for row in rows) for n in range(1, 6))]
    by_object = make_table(env._("By Object"), columns, rows, totals=totals, shown=200)
    text = env._("Accounted for: %(share)s.", share=job.coverage_text or "–")
    return Section(
        env._("Coverage"), [text], tables=[by_object, _list_left_out(job, labels)]
    )


def _list_left_out(job, labels):
    """Return what is in no field and no note, field by field."""
    env = job.env
    columns = [
        Column(env._("Object"), 26),
        Column(env._("Source Field"), 26),
        Column(env._("Where It Stands"), 18),
        Column(env._("Why"), 70),
        Column(env._("Values"), 10, NUMBER),
    ]
    return list_records(
        env["crm.migration.coverage"],
        [("job_id", "=", job.id), ("kind", "in", ("left_out", "unaccounted"))],
        env._("Left Out or Unaccounted"),
        columns,
        lambda row: [
            row.stream_id.label,
            row.field,
            labels[row.kind],
            row.reason_text or "",
            row.count,
        ],
        order="kind desc, count desc, id",
    )


def make_differences(job):
    """Return what is not as it was in the source, and who took it so."""
    env, rows = job.env, job.env["crm.migration.difference"]
    states = rows._read_group([("job_id", "=", job.id)], ["state"], ["__count"])
    labels = dict(rows._fields["state"]._description_selection(env))
    text = ", ".join(f"{labels[state]}: {count}" for state, count in states)
    columns = [
        Column(env._("Object"), 20),
        Column(env._("Source ID"), 16),
        Column(env._("Odoo Field"), 24),
        Column(env._("Problem"), 40),
        Column(env._("Expected"), 36),
        Column(env._("Actual"), 36),
        Column(env._("Status"), 16),
    ]
    table = list_records(
        rows,
        [("job_id", "=", job.id)],
        env._("Differences"),
        columns,
        lambda row: [
            row.stream_label,
            row.source_id or "",
            row.field_label or "",
            row.kind_label or "",
            row.expected_text or "",
            row.found_text or "",
            choice_of(row, "state"),
        ],
        order="state, id",
    )
    title, tables = env._("Differences and What Was Accepted"), []
    if table.count:
        tables.append(table)
    else:
        text = env._("The verification found no difference.")
    wiped = env["crm.migration.record"]._say_uncompared(job)
    texts = [text, *filter(None, [wiped])]
    return Section(title, texts, tables=[*tables, *_list_accepted(job)])


def _list_accepted(job):
    """Yield the warnings that somebody has accepted with a reason."""
    env = job.env
    checks = job.check_ids.filtered("accepted_reason")
    columns = [
        Column(env._("Warning"), 70),
        Column(env._("Accepted Because"), 50),
        Column(env._("By"), 20),
        Column(env._("Date"), 18),
    ]
    if checks:
        yield make_table(
            env._("Accepted Warnings"),
            columns,
            [
                [c.text, c.accepted_reason, c.write_uid.name, day_of(env, c.write_date)]
                for c in checks
            ],
        )
