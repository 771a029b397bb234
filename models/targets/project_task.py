"""Tasks and sub-tasks; without Project, activities on the record they belong to."""

from uuid import uuid4

from odoo import models

from .stand_in import constant, stand_in

DATES = ("date_end", "date_assign", "date_last_stage_update")
"""What ``create`` and ``write`` set to now whenever stage or assignees change."""

SHARED = ("invited_users", "portal")
"""Whose tasks have a token from the beginning (project, 19.0)."""

STATES = {"done": "1_done", "cancelled": "1_canceled"}


class CrmMigrationTargetProjectTask(models.AbstractModel):
    """``@done_at`` is when a task was done, ``@done`` whether it is; else its state says so.

    A folded stage does not close a task in Odoo, its state does (project, 19.0).
    """

    _name = "crm.migration.target.project.task"
    _description = "Migration Target: Tasks"
    _inherit = [
        "crm.migration.target.project.inbox",
        "crm.migration.target.project.personal.stages",
        "crm.migration.target",
    ]
    _model, _app = "project.task", "project"
    _kept_together = ("parent_id",)
    _places = ("@thread", "@done", "@done_at", "@project")
    _form = "project.view_task_form2"
    _lane = ("project.task",)
    _chunk = 1000
    _began_before = ("@done_at",)
    _stand_ins = (
        stand_in(
            "mail.activity",
            constant("@unlinked", "company"),
            name="summary",
            description="note",
            user_ids="user_id",
            partner_id="_thread",
            state="_done",
            date_end="_done_at",
        ),
    )
    _muted = {
        "_task_message_auto_subscribe_notify": None,
        "_send_email_notify_to_cc": None,
    }
    _own_rows = ("project.task.stage.personal",)
    _own_relations = (("project.tags", "task_ids"),)
    # A column of their own for whoever it is assigned to, and the moment of that.
    _own_life = frozenset(
        {"personal_stage_type_ids", "date_assign", "date_last_stage_update"}
    )

    def _derive(self, batch, item):
        self._derive_thread(batch, item)
        self._derive_progress(batch, item)
        self._derive_project(batch, item)
        self._derive_phone(batch, item)

    def _derive_progress(self, batch, item):
        vals = item.vals
        value = self._get_word(batch, item, "@done")
        done = self._moment(batch, item, "@done_at")
        if state := STATES.get(value) or (done and "1_done"):
            vals.setdefault("state", state)
        created, changed, _author, _editor = self._origin(batch, item)
        if not vals.get("date_end"):
            is_closed = vals.get("state") in STATES.values()
            last = changed or created
            vals["date_end"] = done or (last if is_closed else None) or False
        if moved := vals["date_end"] or changed or created:
            vals.setdefault("date_last_stage_update", moved)
            item.defaulted_fields.add("date_last_stage_update")
        if created and any(ids for *_command, ids in vals.get("user_ids") or ()):
            vals.setdefault("date_assign", created)
            item.defaulted_fields.add("date_assign")

    def _derive_phone(self, batch, item):
        """Keep a number in the notes: Odoo would write it into the contact (19.0)."""
        if phone := item.vals.pop("partner_phone", None):
            partner = self.env["res.partner"].browse(item.vals.get("partner_id"))
            if partner.phone != phone:
                self._keep_in_notes(batch, item, "partner_phone", phone)

    def _complete(self, batch, item):
        """A task of a deal that is left out goes along, unless it has another place."""
        placed = item.vals.get("partner_id") or self._is_placed(batch, item)
        self._go_with_filtered(batch, item, placed)
        self._give_token(batch, item)
        super()._complete(batch, item)

    def _give_token(self, batch, item):
        """Give the token at once that Odoo writes task by task where customers may look."""
        project_id = item.vals.get("project_id")
        if project_id and batch.once(
            ("shared", project_id),
            lambda: (
                self.env["project.project"].browse(project_id).privacy_visibility
                in SHARED
            ),
        ):
            item.vals.setdefault("access_token", str(uuid4()))

    # -- what it is about ----------------------------------------------------------

    def _derive_thread(self, batch, item):
        """Take the contact, or the customer of the deal, where the task names none."""
        item.threads = self._look_up_threads(batch, item)
        if item.vals.get("partner_id"):
            return
        partners = [res_id for model, res_id in item.threads if model == "res.partner"]
        leads = [res_id for model, res_id in item.threads if model == "crm.lead"]
        customers = self.env["crm.lead"].browse(leads).partner_id.ids
        if found := [*partners, *customers]:
            item.vals["partner_id"] = found[0]

    def _others(self, batch, item):
        """A task names its customer only; the others get a note that leads to it."""
        customer = ("res.partner", item.vals.get("partner_id"))
        return [each for each in super()._others(batch, item) if each != customer]

    def _shown_at(self, item):
        return "project.task", item.res_id

    def _compare_more(self, batch, item, record):
        yield from super()._compare_more(batch, item, record)
        yield from self._compare_others(batch, item)

    def _link_target(self, batch, item, target):
        if target != "@thread":
            return super()._link_target(batch, item, target)
        item.threads = self._look_up_threads(batch, item)
        customer = batch.model.browse(item.res_id).partner_id
        item.vals.setdefault("partner_id", customer.id)
        return self._tell_others(batch, [item])

    # -- dates -------------------------------------------------------------------

    def _after_create(self, batch, items):
        self._tell_others(batch, items)
        for item in items:
            self._write_dates(batch.model.browse(item.res_id), item.vals)
        self._own_personal_stages(batch, items)

    def _update(self, batch, items):
        super()._update(batch, items)
        self._tell_new_others(batch, items)

    def _write_record(self, batch, record, vals):
        """Keep the dates that a write of stage or assignees sets to now.

        And the state: with another stage Odoo has a task that waits in progress again.
        """
        kept = {name: vals.get(name, record[name]) for name in (*DATES, "state")}
        super()._write_record(batch, record, vals)
        self._write_dates(record, kept)

    def _write_dates(self, record, vals):
        kept = (*DATES, "state")
        left = {n: vals[n] for n in kept if n in vals and record[n] != vals[n]}
        if left:
            models.BaseModel.write(record, left)

    def _link_record(self, batch, item, record, vals):
        """A parent that came later takes its sub-task out of the inbox."""
        if vals.get("parent_id") and not self._is_placed_by_name(item):
            if project := batch.model.browse(vals["parent_id"]).project_id:
                vals = {**vals, "project_id": project.id}
        super()._link_record(batch, item, record, vals)

    def _is_placed_by_name(self, item):
        return bool(item.targets.get("project_id"))
