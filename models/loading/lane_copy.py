"""The SQL lane for messages: the columns that ``create`` writes, by one COPY."""

from odoo import models

from ..staging.copy import as_line, copy_lines

RELATIONS = {
    "partner_ids": (
        "mail_message_res_partner_rel",
        "mail_message_id",
        "res_partner_id",
    ),
    "attachment_ids": ("message_attachment_rel", "message_id", "attachment_id"),
}


class CrmMigrationLaneCopy(models.AbstractModel):
    _name = "crm.migration.lane.copy"
    _description = "Migration Message Lane"
    _inherit = ["crm.migration.chatter.ids"]

    def _insert(self, batch, specs):
        """Insert messages and return their ids, in the order given.

        :param specs: dicts of columns, with ``partner_ids`` and ``attachment_ids`` as
            lists of ids; ``date`` and ``message_type`` are required
        """
        if not specs:
            return []
        defaults = batch.once("message defaults", self._column_defaults)
        ids = self._free_ids("mail_message", [spec["date"] for spec in specs])
        names = sorted({*defaults, *(n for s in specs for n in s)} - set(RELATIONS))
        rows = []
        for message_id, spec in zip(ids, specs, strict=True):
            values = {**defaults, **spec}
            values["create_date"] = spec.get("create_date") or spec["date"]
            values["write_date"] = spec.get("write_date") or values["create_date"]
            values["write_uid"] = spec.get("write_uid") or values["create_uid"]
            columns = [self._as_column(name, values[name]) for name in names]
            rows.append(as_line([message_id, *columns]))
        copy_lines(self.env.cr, "mail_message", ["id", *names], rows)
        for field in RELATIONS:
            self._relate(
                field,
                [
                    (i, other)
                    for i, s in zip(ids, specs, strict=True)
                    for other in s.get(field) or ()
                ],
            )
        self._recompute(ids)
        self.env["mail.message"].invalidate_model()
        self._forget_threads({spec["model"] for spec in specs if spec.get("model")})
        return ids

    def _as_column(self, name, value):
        """Return a value as the database keeps it; an empty text is one to Odoo too."""
        if value is False and self.env["mail.message"]._fields[name].type != "boolean":
            return None
        return value

    def _relate(self, field, pairs):
        if not pairs:
            return
        table, left, right = RELATIONS[field]
        self.env.cr.execute_values(
            f'INSERT INTO "{table}" ("{left}", "{right}") VALUES %s'
            " ON CONFLICT DO NOTHING",
            sorted(set(pairs)),
            page_size=1000,
        )

    def _column_defaults(self):
        """Return column → value of a message of which nothing is said.

        Taken from the registry, so that a column of another addon has its default.
        """
        Message = self.env["mail.message"]
        stored = {
            name: field
            for name, field in Message._fields.items()
            if field.store and field.column_type and name != "id"
        }
        # Author and date are given for every message; asking would cost a query each.
        asked = [n for n in stored if n not in ("author_id", "email_from", "date")]
        given = Message.default_get(asked)
        values = {}
        for name, field in stored.items():
            value = given.get(name, False)
            column = field.convert_to_column_insert(value, Message.new())
            values[name] = (
                False if column is None and field.type == "boolean" else column
            )
        # Booleans without a default are NULL in the row that ``create`` writes.
        for name, field in stored.items():
            if field.type == "boolean" and name not in given:
                values[name] = None
        values.update(create_uid=self.env.uid, write_uid=self.env.uid)
        values.pop("reply_to", None)
        return {"reply_to": None, "message_id": None, "email_from": None, **values}

    def _recompute(self, ids):
        """Let Odoo fill the stored fields that it computes; stock Odoo has none."""
        Message = self.env["mail.message"]
        records = Message.browse(ids)
        computed = [f for f in Message._fields.values() if f.store and f.compute]
        for field in computed:
            self.env.add_to_compute(field, records)
        if computed:
            self.env.flush_all()

    def _forget_threads(self, models_):
        for name in models_:
            if name in self.env and "message_ids" in self.env[name]._fields:
                self.env[name].invalidate_model(["message_ids"], flush=False)
