"""What people have decided: fields, values, owners, duplicates."""

from .parts import NUMBER, Column, Section, choice_of, list_records, make_table


def make_mapping(job):
    """Return every field of the source with its target and who decided it."""
    env = job.env
    columns = [
        Column(env._("Object"), 30),
        Column(env._("In the Source"), 30),
        Column(env._("Type"), 15),
        Column(env._("Filled"), 9, NUMBER),
        Column(env._("Goes To"), 26),
        Column(env._("Conversion"), 36),
        Column(env._("Decision"), 16),
        Column(env._("Reason"), 36),
        Column(env._("By"), 18),
    ]
    lines = env["crm.migration.mapping.line"]
    domain = [("job_id", "=", job.id), ("mapping_id.selected", "=", True)]
    table = list_records(
        lines,
        domain,
        env._("Mapping"),
        columns,
        _describe_line,
        order="mapping_id, position, sequence, id",
        shown=300,
    )
    left = [
        [mapping.display_name, name, str(reason or "")]
        for mapping in job.mapping_ids.filtered("selected")
        for name, reason in _get_left(mapping).items()
    ]
    heads = [
        Column(env._("Object"), 30),
        Column(env._("In the Source"), 30),
        Column(env._("Why It Is Not Brought Over"), 70),
    ]
    tables = [table]
    if left:
        tables.append(make_table(env._("Left Out From the Start"), heads, left))
    return Section(env._("Mapping"), tables=tables)


def _get_left(mapping):
    """Return field → why, of those that the source has and no line tells of."""
    told = {path for line in mapping.line_ids for path in line._get_paths()}
    seen = (mapping.stream_id.sample or {}).keys() - told
    return {n: why for n, why in (mapping.ignored or {}).items() if n in seen}


def _describe_line(line):
    reason = line.ignore_reason if line.state == "ignored" else line.lossy
    return [
        line.mapping_id.display_name,
        line.source_text,
        line.kind_text,
        line.fill_count,
        line.target_label if line.target else "",
        line.steps_text,
        choice_of(line, "state"),
        reason or "",
        line._get_decider().name if line.state != "open" else "",
    ]


def make_values(job):
    """Return what values of lists have become."""
    env = job.env
    columns = [
        Column(env._("List"), 24),
        Column(env._("Source Value"), 24),
        Column(env._("Label in the Source"), 28),
        Column(env._("Used By"), 10, NUMBER),
        Column(env._("Decision"), 14),
        Column(env._("Means in Odoo"), 34),
        Column(env._("By"), 18),
    ]
    return Section(
        env._("Value Lists"),
        tables=[
            list_records(
                env["crm.migration.value.map"],
                [("job_id", "=", job.id)],
                env._("Values"),
                columns,
                lambda row: [
                    row.list_label or row.list,
                    row.key,
                    row.label,
                    row.count,
                    choice_of(row, "decision") or env._("To decide"),
                    row.result_text,
                    row._get_decider().name if row.decision else "",
                ],
                shown=200,
            )
        ],
    )


def make_owners(job):
    """Return who stands for whom."""
    env = job.env
    columns = [
        Column(env._("Owner in the Source"), 28),
        Column(env._("E-Mail"), 30),
        Column(env._("Source ID"), 18),
        Column(env._("Records"), 10, NUMBER),
        Column(env._("Decision"), 18),
        Column(env._("Odoo User"), 28),
        Column(env._("How It Was Found"), 34),
    ]
    return Section(
        env._("Owners"),
        tables=[
            list_records(
                env["crm.migration.owner"],
                [("job_id", "=", job.id)],
                env._("Owners"),
                columns,
                lambda row: [
                    row.name or "",
                    row.email or "",
                    row.key,
                    row.count,
                    choice_of(row, "decision") or choice_of(job, "owner_policy"),
                    row.result_text,
                    row.reason or "",
                ],
                shown=150,
            )
        ],
    )


def make_duplicates(job):
    """Return which records looked like others, and what was decided."""
    env, pairs = job.env, job.env["crm.migration.duplicate"]
    kinds = dict(pairs._fields["kind"]._description_selection(env))
    decisions = dict(pairs._fields["decision"]._description_selection(env))
    sums = pairs._read_group(
        [("job_id", "=", job.id)], ["kind", "decision"], ["__count"]
    )
    heads = [
        Column(env._("Where"), 24),
        Column(env._("Decision"), 24),
        Column(env._("Pairs"), 12, NUMBER),
    ]
    rows = [
        [kinds[kind], decisions.get(decision, env._("To decide")), count]
        for kind, decision, count in sums
    ]
    columns = [
        Column(env._("Object"), 20),
        Column(env._("Staging Record"), 32),
        Column(env._("Looks Like"), 32),
        Column(env._("Where"), 18),
        Column(env._("Score (%)"), 10, NUMBER),
        Column(env._("Evidence"), 40),
        Column(env._("Decision"), 16),
        Column(env._("By"), 18),
    ]
    pairs_table = list_records(
        pairs,
        [("job_id", "=", job.id)],
        env._("Pairs"),
        columns,
        lambda pair: [
            pair.stream_label,
            pair.record_id.display_name,
            pair.other_name or pair.other_record_id.display_name or "",
            kinds[pair.kind],
            pair.score,
            pair.evidence or "",
            decisions.get(pair.decision, env._("To decide")),
            pair.decided_by_id.name or "",
        ],
    )
    if not pairs_table.count:
        return Section(env._("Duplicates"), [env._("No duplicates were found.")])
    tables = [make_table(env._("Duplicates"), heads, rows), pairs_table]
    return Section(env._("Duplicates"), tables=tables)
