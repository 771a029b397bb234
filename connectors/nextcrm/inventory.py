"""Whatever runs by itself in NextCRM, told in one form for the rebuild guide.

There is no workflow builder: campaigns send a sequence of mails, a built-in job follows
up on deals, quotes may need an approval, reports are sent on a schedule.
"""

from .automations import NAMELESS_REPORT
from .query import quoted

PLACEHOLDERS = ("first_name", "last_name", "email", "company", "position")


def workflows(relations, funnel_columns=()):
    """Return the rows: ``id, kind, title, is_active, trigger, steps, data``.

    :param funnel_columns: columns of the settings of the follow-up job
    """
    return [
        *_sequences(relations),
        *_funnel(relations, funnel_columns),
        *_approvals(relations),
        *_reports(relations),
    ]


def _row(kind, key, title, trigger, *, is_active, steps=(), **data):
    return {
        "id": f"{kind}-{key}",
        "kind": kind,
        "title": title,
        "is_active": is_active,
        "trigger": trigger,
        "steps": list(steps),
        "data": data,
    }


def _sequences(relations):
    if not relations.catalog.has("crm_campaign_steps", "campaign_id", "order"):
        return
    sql = f"""
        SELECT t.id, t.name, t.status,
               json_agg(json_build_object(
                   'order', s."order", 'subject', s.subject, 'delay_days', s.delay_days,
                   'send_to', s.send_to, 'template_id', s.template_id,
                   'template', p.name, 'scheduled_at', s.scheduled_at,
                   'sent_at', s.sent_at) ORDER BY s."order", s.id) AS steps
          FROM crm_campaign_steps AS s JOIN crm_campaigns AS t ON t.id = s.campaign_id
          LEFT JOIN crm_campaign_templates AS p ON p.id = s.template_id
         WHERE {relations.is_live("crm_campaigns")}
         GROUP BY t.id ORDER BY t.id"""
    for row in relations.database.fetch_json(sql, stream="workflows"):
        yield _row(
            "email_sequence",
            row["id"],
            row["name"],
            "the campaign is sent to its target lists",
            is_active=row["status"] in ("scheduled", "sending"),
            steps=row["steps"],
            status=row["status"],
            placeholders=PLACEHOLDERS,
        )


def _funnel(relations, columns):
    if not relations.catalog.has("crm_FunnelSettings", "id"):
        return
    listed = ", ".join(quoted(name) for name in ("id", *columns))
    stages = relations.database.fetch_json(
        'SELECT id, name, stage_kind FROM "crm_Opportunities_Sales_Stages"'
        " WHERE stage_kind IS NOT NULL ORDER BY id"
        if relations.catalog.has("crm_Opportunities_Sales_Stages", "stage_kind")
        else "SELECT WHERE false",
        stream="workflows",
    )
    sql = f'SELECT {listed} FROM "crm_FunnelSettings" ORDER BY id'
    for row in relations.database.fetch_json(sql, stream="workflows"):
        key = row.pop("id")
        yield _row(
            "follow_up",
            key,
            "Follow-up of deals by their kind of stage",
            "every day",
            is_active=True,
            steps=[
                {"action": "make to-dos for silent deals, with high priority"},
                {
                    "action": "close deals that stay silent in a qualified stage, as lost"
                },
            ],
            settings=row,
            stages=stages,
        )


def _approvals(relations):
    if not relations.catalog.has("crm_Opportunities", "approval_status"):
        return
    counts = relations.database.fetch(
        'SELECT approval_status::text, count(*) FROM "crm_Opportunities" AS t'
        f" WHERE {relations.is_live('crm_Opportunities')} GROUP BY 1 ORDER BY 1",
        stream="workflows",
    )
    used = {status: number for status, number in counts if status != "NONE"}
    if used:
        yield _row(
            "approval",
            "quotes",
            "Approval of quotes",
            "somebody asks for the approval of a deal",
            is_active=True,
            steps=[{"action": "a manager approves or refuses, with a note"}],
            deals=used,
        )


def _reports(relations):
    if not relations.catalog.has("crm_Report_Schedule", "id", "cronExpression"):
        return
    named = relations.catalog.has("crm_Report_Config", "id", "name")
    columns = set(relations.catalog.tables["crm_Report_Schedule"])
    wanted = [
        c
        for c in ("reportConfigId", "recipients", "format", "isActive")
        if c in columns
    ]
    listed = ", ".join(quoted(name) for name in ("id", "cronExpression", *wanted))
    names = relations.names("crm_Report_Config") if named else {}
    sql = f'SELECT {listed} FROM "crm_Report_Schedule" ORDER BY id'
    for row in relations.database.fetch_json(sql, stream="workflows"):
        yield _row(
            "report",
            row["id"],
            names.get(row.get("reportConfigId")) or NAMELESS_REPORT,
            f"schedule {row['cronExpression']}",
            is_active=bool(row.get("isActive", True)),
            steps=[{"action": "send the report by e-mail"}],
            **{name: row[name] for name in wanted},
        )
