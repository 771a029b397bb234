"""To-dos: open ones with their deadline, done ones archived with the day they were done."""

from datetime import date

from odoo import models

from ...loading.batch import Refused

DONE = frozenset({"done", "1_done", True})
CANCELLED = frozenset({"cancelled", "1_canceled"})
"""What ``@done`` says; states of a task as well, for which an activity may stand."""

PLACES = ("res_id", "user_id")
"""Where people find it: on a record, or among what somebody has to do."""


class CrmMigrationTargetMailActivity(models.AbstractModel):
    _name = "crm.migration.target.mail.activity"
    _archivable = False
    _description = "Migration Target: Activities"
    _inherit = [
        "crm.migration.target.mail.activity.done.message",
        "crm.migration.target.mail.activity.overdue",
        "crm.migration.target.mail.activity.verify.sql",
        "crm.migration.target",
    ]
    _model = "mail.activity"
    _lane = ("mail.activity",)
    _chunk = 2000
    _kept_together = ()
    _places = ("@thread", "@done", "@done_at")
    _hangs_on, _hands_on = ("res_model", "res_id"), True
    _stands_alone = True
    # Keeps the name that its record had when it was made.
    _own_life = frozenset({"res_name"})

    def _get_named_field(self, model):
        return "summary"

    def _default_name(self, batch, item):
        """Return what Odoo calls it by its type: *To-Do*, *Call*."""
        kind = self.env["mail.activity.type"].browse(
            item.vals.get("activity_type_id") or self._todo(batch)
        )
        return kind.summary or kind.name or self.env._("To-Do")

    def _todo(self, batch):
        data = self.env["ir.model.data"]
        return batch.once(
            "todo", lambda: data._xmlid_to_res_id("mail.mail_activity_data_todo")
        )

    def _derive(self, batch, item):
        vals = item.vals
        self._derive_progress(batch, item)
        done = self._done_at(batch, item)
        if done:
            vals.update(active=False, date_done=self._day_of(batch, done))
        elif "@done_at" in item.targets:
            vals.update(active=True, date_done=False)
        self._derive_overdue(batch, item)
        if not vals.get("date_deadline"):
            created = self._origin(batch, item)[0]
            moment = done or created or batch.env.cr.now()
            vals["date_deadline"] = self._day_of(batch, moment)
            if not done and not created:
                item.defaulted_fields.add("date_deadline")
                item.report("no_due_day", "info", field="date_deadline")
        vals.update(self._thread_values(batch, item))

    def _derive_progress(self, batch, item):
        """Date what is done by its status alone: when it was changed last, or was due."""
        value = self._get_word(batch, item, "@done")
        if value in DONE and not item.targets.get("@done_at"):
            _created, changed, _author, _editor = self._origin(batch, item)
            day = changed or item.vals.get("date_deadline") or batch.env.cr.now()
            item.targets["@done_at"] = str(day)
        elif value in CANCELLED:
            # Nobody is to do it, and nobody has done it.
            item.vals["active"] = False

    def _done_at(self, batch, item):
        """Return when it was done, None while it is open.

        What was done on no known day was done when it was changed last.
        """
        if not item.targets.get("@done_at"):
            return None
        created, changed, _author, _editor = self._origin(batch, item)
        done = self._moment(batch, item, "@done_at") or changed or created
        return done or batch.env.cr.now()

    def _thread_values(self, batch, item):
        item.threads = self._look_up_home(batch, item)
        for model, res_id in item.threads:
            if "activity_ids" in self.env[model]._fields:
                item.home = (model, res_id)
                return {"res_model_id": self._model_id(batch, model), "res_id": res_id}
        return {}

    def _complete(self, batch, item):
        vals = item.vals
        for name in ("user_id", "res_model_id", "res_id"):
            vals.setdefault(name, False)
        self._go_with_filtered(batch, item, vals["res_id"])
        if not vals["res_id"] and not vals["user_id"]:
            raise Refused("nobody", "user_id")
        if not vals.get("activity_type_id"):
            vals["activity_type_id"] = self._todo(batch)
        vals.setdefault("summary", False)
        vals.setdefault("automated", False)

    def _model_id(self, batch, model):
        return batch.once(("model", model), lambda: self.env["ir.model"]._get_id(model))

    def _when_gone(self, batch, item, name):
        vals = item.vals
        if name in PLACES and not (vals.get("res_id") or vals.get("user_id")):
            raise Refused("nobody", "user_id")
        return super()._when_gone(batch, item, name)

    def _create_records(self, batch, items):
        self._fetch_names(batch, items)
        return super()._create_records(batch, items)

    def _fetch_names(self, batch, items):
        """Read all names at once: each activity keeps the name of its record."""
        ids = {}
        for model, res_id in batch.links.values():
            ids.setdefault(model, set()).add(res_id)
        for model, found in ids.items():
            if "activity_ids" in self.env[model]._fields:
                self.env[model].browse(found).mapped("display_name")

    # -- done ------------------------------------------------------------------

    def _after_create(self, batch, items):
        """Leave the message that Odoo itself leaves when an activity is done."""
        self._tell_others(batch, items)
        done = [item for item in items if item.targets.get("@done_at")]
        reserved = self._find_reserved(batch, done) if done else {}
        self._leave_messages(batch, done, reserved)
        forgotten = [item for item in items if item.is_forgotten]
        self._leave_notes_instead(batch, forgotten)

    def _update(self, batch, items):
        """What was done in the source since is done here, with its message."""
        super()._update(batch, items)
        self._tell_new_others(batch, items)
        done = [
            item
            for item in items
            if item.targets.get("@done_at")
            and item.loaded
            # Nor was there a chatter for it.
            and not (item.loaded.targets.get("@done_at") and item.loaded.home)
        ]
        self._renew_messages_of_done(batch, [i for i in items if i not in done])
        self._leave_messages(batch, done)
        self._write_links(batch, done)

    def _title_of(self, batch, item):
        return item.vals.get("summary") or super()._title_of(batch, item)

    def _compare_more(self, batch, item, record):
        yield from super()._compare_more(batch, item, record)
        yield from self._compare_others(batch, item)

    def _write_record(self, batch, record, vals):
        super()._write_record(batch, record, vals)
        day = vals.get("date_done")
        if isinstance(day, date) and record.date_done != day:
            record.date_done = day
