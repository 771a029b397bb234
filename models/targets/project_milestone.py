"""Milestones of projects; without Project they are activities on their day."""

from odoo import models

from .stand_in import constant, stand_in


class CrmMigrationTargetProjectMilestone(models.AbstractModel):
    """``@done`` says whether it is reached, ``@done_at`` when it was."""

    _name = "crm.migration.target.project.milestone"
    _description = "Migration Target: Milestones"
    _inherit = ["crm.migration.target.project.inbox", "crm.migration.target"]
    _model, _app = "project.milestone", "project"
    _places = ("@done", "@done_at")
    _stand_ins = (
        stand_in(
            "mail.activity",
            constant("@unlinked", "company"),
            name="summary",
            deadline="date_deadline",
            is_reached="_done",
            reached_date="_done_at",
        ),
    )

    # There is no field for notes, but a chatter.
    _notes_in_chatter = True

    def _get_named_field(self, model):
        return "name"

    def _derive(self, batch, item):
        vals = item.vals
        value = self._get_word(batch, item, "@done")
        if value == "done":
            vals.setdefault("is_reached", True)
        reached = self._moment(batch, item, "@done_at")
        if reached:
            vals["reached_date"] = self._day_of(batch, reached)
        if vals.get("reached_date"):
            vals.setdefault("is_reached", True)
        elif vals.get("is_reached"):
            created, changed, _author, _editor = self._origin(batch, item)
            moment = changed or created
            vals["reached_date"] = self._day_of(batch, moment) if moment else False
        self._derive_project(batch, item)

    def _inbox_values(self, batch, name):
        return {**super()._inbox_values(batch, name), "allow_milestones": True}

    def _after_create(self, batch, items):
        """Write the day again: ``create`` dates what is reached today (project, 19.0)."""
        for item in items:
            self._write_day(batch.model.browse(item.res_id), item.vals)

    def _write_record(self, batch, record, vals):
        day = {"reached_date": vals.get("reached_date", record.reached_date)}
        super()._write_record(batch, record, vals)
        self._write_day(record, day)

    def _write_day(self, record, vals):
        if "reached_date" in vals and record.reached_date != vals["reached_date"]:
            models.BaseModel.write(record, {"reached_date": vals["reached_date"]})
