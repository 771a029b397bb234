"""Drafts: inactive automation rules with their actions, and their way out again."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from ..loading.bisect import REFUSALS
from ..loading.roll_back import takes_changed
from . import messages
from .dictionary import Dictionary
from .plan import make_plan

RULE = "base.automation"
ORDER = (RULE, "ir.actions.server", "mail.template")
"""Models of what a draft is made of; each goes before what it uses."""


class CrmMigrationAutomationDrafts(models.AbstractModel):
    """What was made is written down with the moment of its last change by us.

    A draft that a person has touched, by a correction or by activating it, is theirs: it
    is neither written again nor taken back, unless the rollback is told to.
    """

    _name = "crm.migration.automation.drafts"
    _description = "Migration: Automation Drafts"

    draft_refs = fields.Json(
        readonly=True, help="Model → id → when we wrote it last: what the draft is."
    )
    is_adopted = fields.Boolean(
        readonly=True, help="The draft was made by an earlier migration."
    )
    draft_count = fields.Integer(compute="_compute_draft_count", string="Rules")

    @api.depends("draft_refs")
    def _compute_draft_count(self):
        for row in self:
            row.draft_count = len(row._get_drafts(RULE))

    def _get_drafts(self, model_name):
        """Return the records of a draft that are still there."""
        ids = [int(key) for key in (self.draft_refs or {}).get(model_name, ())]
        if model_name not in self.env:
            return self.browse()
        model = self.env[model_name].sudo().with_context(active_test=False)
        return model.browse(ids).exists()

    def _keep_planned(self):
        """Return of the plan what belongs to drafts that were made."""
        kept = ("rules", "obstacles", "remarks", "model")
        return {
            name: self.planned[name] for name in kept if name in (self.planned or {})
        }

    # -- making them ---------------------------------------------------------------

    @api.model
    def _can_draft(self):
        return RULE in self.env

    def _get_hint(self):
        """Return what has to come first, empty for nothing."""
        if self.state not in ("possible", "partly"):
            return ""
        if not self._can_draft():
            return str(self.env._(messages.NEEDS_APP))
        return "" if self.job_id.loaded_count else str(self.env._(messages.NEEDS_LOAD))

    def action_create_draft(self):
        """Create the drafts of these lines that have none, and show them.

        :raises UserError: the app is missing, nothing was loaded, or nothing can be said
        """
        rows = self._as_manager()
        rows.job_id._ensure_draftable()
        rows._create_drafts()
        if len(self) == 1:
            return self.action_open_drafts()
        return self.job_id[:1].action_open_automations()

    def _create_drafts(self):
        """Create what is missing; nothing is run, sent or switched on by it.

        :return: the lines that have a draft now and had none
        """
        made = self.browse()
        for job, rows in self.grouped("job_id").items():
            env = self.env["crm.migration.target"]._without_side_effects(job).env
            # Without it Odoo would wrap all models anew, in every process: for rules that
            # are switched off.
            env = env(context={**env.context, "import_file": True})
            rows = rows.with_env(env)
            made |= rows._adopt_earlier(job)
            wanted = rows.filtered(lambda row: not row._get_drafts(RULE))
            made |= wanted._draft_of(job.with_env(env)).with_env(self.env)
        return made

    def _adopt_earlier(self, job):
        """Take over what an earlier migration of the same system has made."""
        adopted = self.browse()
        others = (job._get_lineage() - job).ids
        for row in self.filtered(lambda row: not row.draft_refs) if others else ():
            earlier = self.search(
                [
                    ("job_id", "in", others),
                    ("stream", "=", row.stream),
                    ("source_id", "=", row.source_id),
                    ("number", "=", row.number),
                    ("draft_refs", "!=", False),
                ],
                order="id desc",
                limit=1,
            )
            if earlier and earlier._get_drafts(RULE):
                row.write(
                    {
                        "state": earlier.state,
                        "draft_refs": earlier.draft_refs,
                        "planned": {**row.planned, **earlier._keep_planned()},
                        "is_adopted": True,
                    }
                )
                adopted |= row
        return adopted.with_env(self.env)

    def _draft_of(self, job):
        rows = {row._get_key(): row for row in self}
        dictionary, made = Dictionary(job), self.browse()
        told = self._tell(job, {key[:2] for key in rows})
        for key, automation in list(told):
            plan = make_plan(dictionary, automation) if key in rows else None
            if not plan or not plan.rules:
                continue
            vals = self._describe(dictionary, automation, plan)
            if rows[key]._draft(plan, vals):
                made |= rows[key]
        return made

    def _draft(self, plan, vals):
        """Create the rules of a plan; where Odoo refuses them, say why."""
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                refs = self._create_rules(plan)
        except REFUSALS as error:
            reason = str(error).split("\n")[0]
            planned = {
                **vals["planned"],
                "rules": [],
                "obstacles": [["refused", {"reason": reason}]],
            }
            self.write({"state": "manual", "planned": planned})
            return False
        state = "drafted_partly" if plan.obstacles else "drafted"
        self.write({**vals, "state": state, "draft_refs": refs, "is_adopted": False})
        return True

    def _create_rules(self, plan):
        """Return model → {id: moment of the last write} of what was created."""
        created = {name: [] for name in ORDER}
        note = self._get_note()
        model_id = self.env["ir.model"]._get_id(plan.model)
        for rule in plan.rules:
            actions = []
            for action in _flatten(rule.actions):
                vals = {**action, "model_id": model_id, "usage": "base_automation"}
                if template := vals.pop("template", None):
                    record = self.env["mail.template"].create(template)
                    created["mail.template"].append(record.id)
                    vals["template_id"] = record.id
                vals["sequence"] = len(actions) + 1
                actions.append(Command.create(vals))
            record = self.env[RULE].create(
                {
                    **rule.vals,
                    "active": False,
                    "description": note,
                    "action_server_ids": actions,
                }
            )
            self._keep_values(record, rule.vals)
            created[RULE].append(record.id)
            created["ir.actions.server"] += record.action_server_ids.ids
        self.env.flush_all()
        return {
            name: {
                str(record.id): fields.Datetime.to_string(record.write_date)
                for record in self.env[name].browse(ids)
            }
            for name, ids in created.items()
            if ids
        }

    def _keep_values(self, record, vals):
        """Odoo works some values out anew from the trigger: ours count."""
        names = ("filter_domain", "trg_field_ref", "trigger_field_ids", "last_run")
        record.write({name: vals[name] for name in names if name in vals})

    def _get_note(self):
        """Return what the rule says of itself to whoever opens it."""
        lines = [
            self.env._("Migrated draft: check it, then activate it."),
            f"{self.stream_label}: {self.trigger_text}",
            *(self.conditions_text or "").split("\n"),
            *(self.steps_text or "").split("\n"),
            *(self.remarks_text or "").split("\n"),
            *(self.obstacles_text or "").split("\n"),
        ]
        return Markup("").join(Markup("<p>%s</p>") % line for line in lines if line)

    # -- showing and taking back ---------------------------------------------------

    def action_open_drafts(self):
        """Open the rules of these lines.

        :raises UserError: there are none
        """
        self.check_access("read")
        ids = [rule.id for row in self for rule in row._get_drafts(RULE)]
        if not ids:
            raise UserError(self.env._("There is no draft of it in Odoo."))
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Drafts"),
            "res_model": RULE,
            "domain": [("id", "in", ids)],
            "context": {"active_test": False},
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
        }
        if len(ids) == 1:
            action |= {"res_id": ids[0], "views": [(False, "form")]}
        return action

    def _remove_drafts(self, run):
        """Take the drafts away, except those that people have touched since."""
        kept = self.browse()
        for row in self.filtered("draft_refs"):
            if row.is_adopted:
                row._forget_draft()
            elif row._is_touched() and not takes_changed(run):
                kept |= row
            else:
                row._unlink_draft(run.job_id)
        self.env["crm.migration.message"]._report(
            run,
            [
                {
                    "code": "kept_changed",
                    "severity": "warning",
                    "stream": row.stream,
                    "source_id": row.source_id,
                    "value": row.name,
                }
                for row in kept
            ],
        )

    def _is_touched(self):
        """Tell whether somebody wrote a part of the draft after us."""
        for name, moments in self.draft_refs.items():
            for record in self._get_drafts(name):
                ours = fields.Datetime.to_datetime(moments[str(record.id)])
                if record.write_date.replace(microsecond=0) > ours:
                    return True
        return False

    def _unlink_draft(self, job):
        env = self.env["crm.migration.target"]._without_side_effects(job).env
        if rules := self._get_drafts(RULE):
            is_on = any(rules.mapped("active"))
            env = env(context={**env.context, "import_file": not is_on})
            # By the database they would go without what hangs on them.
            rules.action_server_ids.with_env(env).unlink()
        for name in ORDER:
            if records := self._get_drafts(name):
                records.with_env(env).unlink()
        self._forget_draft()

    def _forget_draft(self):
        state = "partly" if self.state == "drafted_partly" else "possible"
        self.write({"draft_refs": False, "is_adopted": False, "state": state})


def _flatten(actions):
    """Yield the values of actions; one that sets several fields is several."""
    for action in actions:
        action = dict(action)
        more = action.pop("more", ())
        yield action
        yield from _flatten(more)
