"""What ran by itself in the source, with what is recommended for it in Odoo."""

from odoo import api, fields, models

from ...connectors import get_source_class
from ...connectors.mapping.automations import encode
from .dictionary import Dictionary
from .messages import KINDS, STATES
from .plan import make_plan, name_automation

GUIDE = (
    *("is_active", "description", "trigger_text", "conditions_text", "steps_text"),
    *("used_by_text", "recommendation", "why_text", "state", "obstacles_text"),
    "remarks_text",
)
"""Fields that the document shows, in its order."""


class CrmMigrationAutomation(models.Model):
    """One line of the rebuild guide. Taken anew, it keeps the drafts that were made."""

    _name = "crm.migration.automation"
    _description = "Migrated Automation"
    _inherit = [
        "crm.migration.automation.drafts",
        "crm.migration.automation.words",
        "crm.migration.labelled",
        "crm.migration.protected",
    ]
    _order = "kind, name, id"

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    stream = fields.Char(required=True, readonly=True)
    source_id = fields.Char(required=True, readonly=True, string="Source ID")
    number = fields.Integer(readonly=True, help="Of several that one record tells.")
    name = fields.Char(required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    is_active = fields.Selection(
        [("yes", "On"), ("no", "Off"), ("unknown", "Unknown")],
        string="In the Source",
        readonly=True,
    )
    is_managed = fields.Boolean(
        string="Part of a Product",
        readonly=True,
        help="Made by whoever sells the product, not by the customer.",
    )
    description = fields.Text(readonly=True)
    state = fields.Selection(
        STATES, string="Status", required=True, readonly=True, default="manual"
    )

    hint_text = fields.Char(compute="_compute_hint_text")

    _source_uniq = models.UniqueIndex(
        "(job_id, stream, source_id, number)", "It is listed once per migration."
    )

    # -- the inventory -------------------------------------------------------------

    @api.model
    def _take(self, job):
        """List what the staged records of a migration tell; what is listed is renewed.

        :return: the lines of the migration
        """
        known = {row._get_key(): row for row in self._search_of(job)}
        new, seen = [], set()
        dictionary = Dictionary(job)
        for key, automation in self._tell(job):
            seen.add(key)
            vals = self._describe(dictionary, automation)
            if key not in known:
                stream, source_id, number = key
                place = {"stream": stream, "source_id": source_id, "number": number}
                new.append({"job_id": job.id, **place, **vals})
                continue
            row = known[key]
            if row.draft_refs:
                vals["state"] = row.state
                vals["planned"] = {**vals["planned"], **(row._keep_planned())}
            changed = {
                name: value for name, value in vals.items() if row[name] != value
            }
            if changed:
                row.write(changed)
        rows = self.create(new)
        gone = self.browse(r.id for k, r in known.items() if k not in seen)
        # What has drafts stays as long as they do; so does all once payloads are wiped.
        if seen:
            gone.filtered(lambda row: not row.draft_refs).unlink()
        return rows | self._search_of(job)

    @api.model
    def _search_of(self, job):
        return self.search([("job_id", "=", job.id)])

    def _get_key(self):
        return (self.stream, self.source_id, self.number)

    @api.model
    def _get_tellers(self, job):
        """Return stream → function that tells a record of it as ``Automation``s."""
        return get_source_class(job.source).automations if job.source else {}

    @api.model
    def _tell(self, job, ids=None):
        """Yield (key, ``Automation``) of the staged records.

        :param ids: (stream, source id) of those that are wanted, None: all
        """
        tellers = self._get_tellers(job)
        if not tellers:
            return
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT stream, source_id, payload FROM crm_migration_record
             WHERE job_id = %s AND stream = ANY(%s) AND vanished_at IS NULL
               AND jsonb_typeof(payload) = 'object' AND payload <> '{}'
               AND is_wiped IS NOT TRUE
             ORDER BY id
            """,
            [job.id, list(tellers)],
        )
        for stream, source_id, payload in self.env.cr.fetchall():
            if ids is None or (stream, source_id) in ids:
                for number, automation in enumerate(tellers[stream](payload)):
                    yield (stream, source_id, number), automation

    def _describe(self, dictionary, automation, plan=None):
        """Return the values of a line: what is told, and what can be said in Odoo."""
        plan = plan or make_plan(dictionary, automation)
        state = "manual"
        if plan.rules:
            state = "partly" if plan.obstacles else "possible"
        told = automation.as_json()
        active = {True: "yes", False: "no", None: "unknown"}[automation.is_active]
        return {
            "name": name_automation(self.env, automation),
            "kind": automation.kind,
            "is_active": active,
            "is_managed": automation.is_managed,
            "description": automation.description or False,
            "state": state,
            "told": told,
            "planned": {
                "about": dictionary.labels.get(automation.about) or automation.about,
                "labels": self._label_fields(dictionary, automation),
                "words": self._format_values(dictionary, automation),
                "model": plan.model,
                "rules": [
                    {
                        "trigger": rule.vals["trigger"],
                        "actions": [action["state"] for action in rule.actions],
                    }
                    for rule in plan.rules
                ],
                "obstacles": encode(plan.obstacles),
                "remarks": encode(plan.remarks),
            },
        }

    def _list_values(self, automation):
        """Yield (stream, path, value) of whatever an automation names."""
        trigger = automation.trigger
        for path in trigger.paths:
            yield automation.about, path, None
        for each in filter(None, (trigger.value, *self._list_step_values(automation))):
            yield each.stream or automation.about, each.path, each.value
        for condition in automation.conditions:
            if condition.operator:
                several = condition.operator == "in"
                for value in condition.value if several else [condition.value]:
                    yield automation.about, condition.path, value

    def _list_step_values(self, automation):
        return (value for step in automation.steps for value in step.values)

    def _label_fields(self, dictionary, automation):
        return {
            path: dictionary.label(stream, path)
            for stream, path, _value in self._list_values(automation)
        }

    def _format_values(self, dictionary, automation):
        return {
            f"{path}={value}": dictionary.word(stream, path, value)
            for stream, path, value in self._list_values(automation)
            if value is not None
        }

    # -- what the screens say ------------------------------------------------------

    def _compute_hint_text(self):
        for row in self:
            row.hint_text = row._get_hint() or False

    def _get_guide_lines(self):
        """Return (label, text) of whatever the document says of an automation."""
        self.ensure_one()
        lines = []
        for name in GUIDE:
            field, text = self._fields[name], self[name]
            if field.type == "selection":
                text = dict(field._description_selection(self.env)).get(text)
                if name == "state" and self.hint_text:
                    text = f"{text}. {self.hint_text}"
            if text:
                label = field.get_description(self.env, ["string"])["string"]
                lines.append((label, text))
        return lines
