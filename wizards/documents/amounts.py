"""Amounts of deals by stage and currency: of the raw data, and of Odoo's own tables."""

import json
from collections import Counter, defaultdict

from odoo.tools import SQL

from ...connectors.mapping.apply import apply, prepare
from ...models.loading.decimals import as_decimal
from .parts import AMOUNT, NUMBER, SLICE, Column, Section, make_table

AMOUNTS, CURRENCY, STAGE = (
    ("@actual_revenue", "expected_revenue"),
    "@currency",
    "stage_id",
)


def make_amounts(job):
    """Return the sums of both sides, each added up from its own data."""
    env, own = job.env, job.company_id.currency_id.name
    groups = add_up_source(job)
    rows = _describe(job, own, groups)
    texts = [
        env._(
            "Amounts of the source are added up from its raw data; those of Odoo from its "
            "own table. Of a deal that is over, what it came to counts where the source "
            "says it."
        )
    ]
    if any(row[-1] is None for row in rows):
        texts.append(
            env._(
                "Amounts in another currency stand in Odoo at the rate of the deal's day, "
                "and as 0 where no rate is known: there no difference is drawn. The "
                "original amount is in the notes."
            )
        )
    source = make_table(
        env._("By Stage of the Source"),
        _get_columns(env, own),
        rows,
        shown=150,
        totals=_add_up(env, rows, groups),
    )
    return Section(
        env._("Amounts of Deals"), texts, tables=[source, _make_odoo(job, own)]
    )


def _get_columns(env, own):
    return [
        Column(env._("Object"), 20),
        Column(env._("Stage in the Source"), 26),
        Column(env._("Currency"), 10),
        Column(env._("Deals"), 10, NUMBER),
        Column(env._("Amount in the Source"), 22, AMOUNT),
        Column(env._("Loaded"), 10, NUMBER),
        Column(env._("Amount of These"), 22, AMOUNT),
        Column(env._("In Odoo (%(currency)s)", currency=own), 22, AMOUNT),
        Column(env._("Difference"), 14, AMOUNT),
    ]


def _describe(job, own, groups):
    """Return a row for each object, stage and currency; no difference of foreign ones."""
    labels = _label(job, {value for _object, *pair in groups for value in pair})
    several = _find_several(labels, {stage for _object, stage, _currency in groups})
    rows = []
    for (name, stage, currency), sums in groups.items():
        code = labels[currency] or (job.currency_id.name or own)
        is_own = code.upper() == own
        rows.append(
            [
                name,
                several.get(stage) or labels[stage] or job.env._("(no stage)"),
                code,
                sums["count"],
                round(sums["amount"], 2),
                sums["loaded_count"],
                round(sums["loaded"], 2),
                round(sums["odoo"], 2),
                round(sums["odoo"] - sums["loaded"], 2) if is_own else None,
            ]
        )
    return sorted(rows, key=lambda row: tuple(map(str, row[:3])))


def _find_several(labels, stages):
    """Return stage → name with its id, of names that stages of several pipelines have."""
    named, several = Counter(labels[stage] for stage in stages), {}
    for stage in stages:
        if stage and named[labels[stage]] > 1:
            value = json.loads(stage)
            # {"$ref": [object, id]} or {"$map": [list, key]}
            key = [*value.values()][0][-1] if isinstance(value, dict) else value
            several[stage] = f"{labels[stage]} ({key})"
    return several


def _add_up(env, rows, groups):
    """Return the sums of all groups, which amounts of several currencies do not have.

    What is rounded here was not rounded before: both tables come to the same sum.
    """
    if len({row[2] for row in rows}) != 1:
        return None
    sums = {
        kind: round(sum(group[kind] for group in groups.values()), 2)
        for kind in KINDS_OF_SUM
    }
    drawn = None if rows[0][-1] is None else round(sums["odoo"] - sums["loaded"], 2)
    return [env._("Total"), "", rows[0][2], *sums.values(), drawn]


def add_up_source(job):
    """Return (object, stage, currency) → sums; stage and currency as JSON of the source."""
    groups = defaultdict(lambda: dict.fromkeys(KINDS_OF_SUM, 0))
    for mapping in job.mapping_ids:
        if mapping.selected and mapping.model_name == "crm.lead":
            for row in _read(job, mapping):
                key = (mapping.stream_id.label, row["stage"], row["currency"])
                sums = groups[key]
                sums["count"] += 1
                sums["amount"] += row["amount"]
                if row["odoo"] is not None:
                    sums["loaded_count"] += 1
                    sums["loaded"] += row["amount"]
                    sums["odoo"] += row["odoo"]
    return groups


KINDS_OF_SUM = ("count", "amount", "loaded_count", "loaded", "odoo")


def _read(job, mapping):
    """Yield stage, currency and amount of each record, and the amount that Odoo has."""
    lines = mapping.line_ids.filtered(
        lambda line: line.target in (*AMOUNTS, CURRENCY, STAGE)
    )
    items, last = prepare(lines._as_fields(), job.tz), 0
    while rows := _read_slice(job, mapping, last):
        last = rows[-1]["id"]
        for row in rows:
            values = apply(items, row["payload"]).values
            yield {
                "stage": _as_json(values.get(STAGE)),
                "currency": _as_json(values.get(CURRENCY)),
                "amount": _get_amount(values, row),
                "odoo": row["odoo"],
            }


def _read_slice(job, mapping, last):
    return job.env.execute_query_dict(
        SQL(
            """
            SELECT record.id, record.payload, lead.expected_revenue AS odoo,
                   lead.probability, lead.active
              FROM crm_migration_record AS record
              LEFT JOIN crm_migration_id_map AS link
                ON link.job_id = record.job_id AND link.stream = record.stream
               AND link.source_id = record.source_id AND link.part = %(part)s
               AND link.res_model = 'crm.lead'
              LEFT JOIN crm_lead AS lead ON lead.id = link.res_id
             WHERE record.stream_id = %(stream)s AND record.id > %(last)s
               AND record.vanished_at IS NULL AND record.is_wiped IS NOT TRUE
               AND jsonb_typeof(record.payload) = 'object' AND record.payload <> '{}'
               AND COALESCE((record.values -> %(part)s ->> '@mapping')::int, %(mapping)s)
                   = %(mapping)s
             ORDER BY record.id LIMIT %(most)s
            """,
            part=mapping.part or "",
            stream=mapping.stream_id.id,
            last=last,
            mapping=mapping.id,
            most=SLICE,
        )
    )


def _get_amount(values, row):
    """Return what a deal came to where it is over, else what is expected of it."""
    actual, expected = (as_decimal(values.get(name)) for name in AMOUNTS)
    is_won, is_lost = row["probability"] == 100, row["active"] is False
    if actual is not None and (is_won or (is_lost and actual)):
        return float(actual)
    return float(expected or 0)


def _as_json(value):
    return json.dumps(value, sort_keys=True, default=str) if value else ""


def _label(job, texts):
    """Return JSON of a value → what the source calls it."""
    values = {text: json.loads(text) if text else None for text in texts}
    display = job.env["crm.migration.display"]
    shown = display._show(job, list(values.values()))
    named = display._label(job, list(values.values()))
    pairs = zip(named, shown, strict=True)
    texts = (label or text for label, text in pairs)
    return dict(zip(values, texts, strict=True))


def _make_odoo(job, own):
    """Return what stands in Odoo, by its own stages."""
    env = job.env
    env.flush_all()
    rows = env.execute_query(
        SQL(
            """
            SELECT stage_id, active, count(*), sum(expected_revenue)
              FROM crm_lead
             WHERE id IN (SELECT res_id FROM crm_migration_id_map
                           WHERE job_id = %s AND res_model = 'crm.lead')
             GROUP BY 1, 2
            """,
            job.id,
        )
    )
    stages = env["crm.stage"].browse({row[0] for row in rows if row[0]})
    several = Counter(stages.mapped("name"))
    order = {
        stage.id: (stage.sequence, _name_stage(stage, several[stage.name] > 1))
        for stage in stages
    }
    rows.sort(key=lambda row: (not row[1], *order.get(row[0], (0, ""))))
    columns = [
        Column(env._("Stage in Odoo"), 30),
        Column(env._("Status"), 14),
        Column(env._("Deals"), 12, NUMBER),
        Column(env._("Amount (%(currency)s)", currency=own), 20, AMOUNT),
    ]
    body = [
        [
            order.get(stage, (0, env._("(no stage)")))[1],
            env._("Active") if active else env._("Lost or archived"),
            count,
            round(amount or 0, 2),
        ]
        for stage, active, count, amount in rows
    ]
    amount = sum(row[3] or 0 for row in rows)
    totals = [env._("Total"), "", sum(row[2] for row in body), round(amount, 2)]
    return make_table(
        env._("By Stage in Odoo"), columns, body, totals=totals if body else None
    )


def _name_stage(stage, with_team):
    """Return the name of a stage; with its teams where several stages have the name."""
    teams = ", ".join(stage.team_ids.mapped("name"))
    return f"{stage.name} ({teams})" if with_team and teams else stage.name
