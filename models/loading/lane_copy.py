"""The SQL lane for messages: the columns that ``create`` writes, by one COPY."""

from functools import partial

from odoo import models

from ..odoo.lane_memo import Memo, is_one
from ..staging.copy import copy_lines, escape

RELATIONS = {
    "partner_ids": (
        "mail_message_res_partner_rel",
        "mail_message_id",
        "res_partner_id",
    ),
    "attachment_ids": ("message_attachment_rel", "message_id", "attachment_id"),
}

NULL = "\\N"


class CrmMigrationLaneCopy(models.AbstractModel):
    _name = "crm.migration.lane.copy"
    _description = "Migration Message Lane"
    _inherit = ["crm.migration.chatter.ids"]

    def _insert(self, batch, specs, numbers=()):
        """Insert messages and return their ids, in the order given.

        :param specs: dicts of columns, with ``partner_ids`` and ``attachment_ids`` as
            lists of ids; ``date`` and ``message_type`` are required
        :param numbers: the ids that were reserved for them, None where none was
        """
        if not specs:
            return []
        ids = self._number_messages(specs, numbers)
        defaults = batch.once("message defaults", self._column_defaults)
        self._copy_messages(ids, specs, defaults)
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

    def _number_messages(self, specs, numbers):
        """Return an id for each message: the one that was reserved, else a free one."""
        ids = list(numbers) or [None] * len(specs)
        without = [place for place, number in enumerate(ids) if number is None]
        if without:
            dates = [specs[place]["date"] for place in without]
            free = self._free_ids("mail_message", dates)
            for place, number in zip(without, free, strict=True):
                ids[place] = number
        return ids

    # -- columns -----------------------------------------------------------------

    def _copy_messages(self, ids, specs, defaults):
        """Write the rows column by column: most say the same for all of them.

        What is the same is written once, behind the others in every line.
        """
        own = {name for spec in specs for name in spec} - set(RELATIONS)
        own |= {"create_date", "write_date", "write_uid"}
        columns, same = {"id": map(str, ids)}, {}
        for name in sorted({*defaults, *own}):
            if name not in own:
                same[name] = self._write_cell(name, defaults[name])
                continue
            values = self._list_column(name, specs, defaults)
            if is_one(values):
                same[name] = self._write_cell(name, values[0])
                continue
            # Numbers and dates take longer than to know them again.
            written = Memo(partial(self._write_cell, name))
            cells = [
                escape(value) if value.__class__ is str else written[value]
                for value in values
            ]
            if cells.count(cells[0]) == len(cells) > 1:
                same[name] = cells[0]
            else:
                columns[name] = cells
        end = "".join(f"\t{cell}" for cell in same.values()) + "\n"
        lines = (
            ("\t".join(cells) + end).encode()
            for cells in zip(*columns.values(), strict=True)
        )
        copy_lines(self.env.cr, "mail_message", [*columns, *same], lines)

    def _list_column(self, name, specs, defaults):
        """Return the values of a column; whoever changed nothing made it last."""
        if name == "create_date":
            return [spec.get(name) or spec["date"] for spec in specs]
        if name == "write_date":
            return [
                spec.get(name) or spec.get("create_date") or spec["date"]
                for spec in specs
            ]
        if name == "write_uid":
            maker = defaults["create_uid"]
            return [spec.get(name) or spec.get("create_uid", maker) for spec in specs]
        default = defaults.get(name)
        return [spec.get(name, default) for spec in specs]

    def _write_cell(self, name, value):
        """Return a value as COPY takes it; an empty text is one to Odoo too."""
        if isinstance(value, str):
            return escape(value)
        if value is None:
            return NULL
        if value is False:
            boolean = self.env["mail.message"]._fields[name].type == "boolean"
            return "f" if boolean else NULL
        return "t" if value is True else str(value)

    def _relate(self, field, pairs):
        if not pairs:
            return
        table, left, right = RELATIONS[field]
        self.env.cr.execute(
            f'INSERT INTO "{table}" ("{left}", "{right}")'
            " SELECT * FROM unnest(%s, %s) ON CONFLICT DO NOTHING",
            [*map(list, zip(*sorted(set(pairs)), strict=True))],
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
