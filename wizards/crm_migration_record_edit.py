"""The dialog that puts a person's value in the place of what the mapping made."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..connectors.mapping.transforms import TRANSFORMS, BadValue
from ..connectors.mapping.vocabulary import MAP, OWNER, REF
from ..models.evidence.crm_migration_display import get_kind
from ..models.words.messages import format_message

CHECKS = {
    "integer": "integer",
    "float": "decimal",
    "monetary": "decimal",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
    "html": "html",
}
"""Type of the Odoo field → transform that accepts or refuses what was typed."""

LINKS = {
    "lookup": "record",
    "lookup_all": "record",
    "lookup_first": "record",
    "lookup_by": "record",
    "lookup_several": "record",
    "lookup_typed": "record",
    "lookup_parent": "record",
    "value_map": "value",
    "owner": "owner",
}
"""Last step of a line → what its value is chosen from."""

KIND_OF = {REF: "record", MAP: "value", OWNER: "owner"}


class CrmMigrationRecordEdit(models.TransientModel):
    """A link is chosen from what the migration knows; anything else is typed."""

    _name = "crm.migration.record.edit"
    _description = "Edit a Value"
    _inherit = ["crm.migration.dialog"]

    record_id = fields.Many2one(
        "crm.migration.record", required=True, ondelete="cascade"
    )
    job_id = fields.Many2one(related="record_id.job_id", string="Migration")
    rows = fields.Json(compute="_compute_rows")
    target_key = fields.Char(string="Value to Change", required=True)
    source_text = fields.Char(compute="_compute_row", string="In the Source")
    converted_text = fields.Char(compute="_compute_row", string="Becomes")
    kind = fields.Selection(
        [
            ("text", "Text"),
            ("record", "Record"),
            ("value", "Value"),
            ("owner", "Owner"),
        ],
        compute="_compute_kind",
    )
    is_list = fields.Boolean(compute="_compute_kind")
    is_edited = fields.Boolean(compute="_compute_row")
    link_stream = fields.Char(compute="_compute_kind")
    link_list = fields.Char(compute="_compute_kind")
    text = fields.Text(
        compute="_compute_value", store=True, readonly=False, string="New Value"
    )
    record_ids = fields.Many2many(
        "crm.migration.record",
        compute="_compute_value",
        store=True,
        readonly=False,
        string="New Links",
    )
    value_ids = fields.Many2many(
        "crm.migration.value.map",
        compute="_compute_value",
        store=True,
        readonly=False,
        string="New Choice",
    )
    owner_id = fields.Many2one(
        "crm.migration.owner",
        compute="_compute_value",
        store=True,
        readonly=False,
        string="New Owner",
    )

    @api.depends("record_id")
    def _compute_rows(self):
        for wizard in self:
            wizard.rows = [
                [f"{row['part']}|{row['target']}", row["label"]]
                for row in wizard.record_id.comparison or []
            ]

    def _split_key(self):
        part, _bar, target = (self.target_key or "|").partition("|")
        return part, target

    @api.depends("record_id", "target_key")
    def _compute_row(self):
        for wizard in self:
            part, target = wizard._split_key()
            row = next(
                (
                    row
                    for row in wizard.record_id.comparison or []
                    if (row["part"], row["target"]) == (part, target)
                ),
                {},
            )
            wizard.source_text = row.get("source")
            wizard.converted_text = row.get("converted")
            wizard.is_edited = bool(row.get("edited"))

    def _get_line(self):
        part, target = self._split_key()
        return self.env["crm.migration.mapping.line"].search(
            [
                ("mapping_id.stream_id", "=", self.record_id.stream_id.id),
                ("mapping_id.part", "in", [part, False] if not part else [part]),
                ("target", "=", target),
                ("state", "!=", "ignored"),
                *self._made_by(part),
            ],
            limit=1,
        )

    def _made_by(self, part):
        """Return the condition for the mapping that took the record, if one did."""
        made = (self.record_id.values or {}).get(part) or {}
        return [("mapping_id", "=", made["@mapping"])] if "@mapping" in made else []

    def _get_value(self):
        part, target = self._split_key()
        edits = (self.record_id.edits or {}).get(part) or {}
        values = (self.record_id.values or {}).get(part) or {}
        return edits.get(target, values.get(target))

    def _get_steps(self):
        return self._get_line().steps or []

    @api.depends("record_id", "target_key")
    def _compute_kind(self):
        for wizard in self:
            value = wizard._get_value()
            items = value if isinstance(value, list) else [value]
            kind = next((get_kind(item) for item in items if get_kind(item)), None)
            key = next((item[kind] for item in items if kind and kind in item), None)
            steps = wizard._get_steps()
            links = [step for step in steps if step[0] in LINKS]
            step = links[-1] if links else ["", ""]
            wizard.kind = KIND_OF.get(kind) or LINKS.get(step[0], "text")
            argument = step[1] if len(step) > 1 else None
            known = key[0] if isinstance(key, list) else None
            wizard.link_stream = wizard.kind == "record" and (
                known or (argument if isinstance(argument, str) else False)
            )
            wizard.link_list = wizard.kind == "value" and (known or argument)
            wizard.is_list = isinstance(value, list) or step[0] in (
                "lookup_all",
                "lookup_several",
                "lookup_typed",
            )

    @api.depends("record_id", "target_key")
    def _compute_value(self):
        for wizard in self:
            value = wizard._get_value()
            items = value if isinstance(value, list) else [value]
            keys = [item[get_kind(item)] for item in items if get_kind(item)]
            records = self.env["crm.migration.record"]
            values = self.env["crm.migration.value.map"]
            owner = self.env["crm.migration.owner"]
            job = [("job_id", "=", wizard.record_id.job_id.id)]
            for key in keys:
                if wizard.kind == "record":
                    if len(key) > 2:
                        continue  # by name: whom it means is for the load to say
                    pair = [("stream", "=", key[0]), ("source_id", "=", key[1])]
                    records |= records.search(job + pair, limit=1)
                elif wizard.kind == "value":
                    scope = key[2] if len(key) > 2 else ""
                    pair = [("list", "=", key[0]), ("key", "=", key[1])]
                    found = values.search(job + pair)
                    values |= found.filtered(lambda v, s=scope: (v.scope or "") == s)
                elif wizard.kind == "owner":
                    owner = owner.search([*job, ("key", "=", key)], limit=1)
            wizard.record_ids, wizard.value_ids, wizard.owner_id = (
                records,
                values,
                owner,
            )
            show = self.env["crm.migration.display"]._show
            wizard.text = (
                wizard.kind == "text" and show(wizard.record_id.job_id, [value])[0]
            )

    # -- buttons -----------------------------------------------------------------

    def action_save(self):
        """Keep the value; the next preparation or load uses it.

        :raises UserError: what was typed does not fit the field
        """
        self.ensure_one()
        part, target = self._split_key()
        self.record_id._edit(part, target, self._as_json())
        return {"type": "ir.actions.act_window_close"}

    def action_undo(self):
        """Go back to what the mapping makes of the source."""
        self.ensure_one()
        part, target = self._split_key()
        self.record_id._edit(part, target, None)
        return {"type": "ir.actions.act_window_close"}

    def _as_json(self):
        if self.kind == "owner":
            return {OWNER: self.owner_id.key} if self.owner_id else False
        if self.kind == "record":
            links = [{REF: [item.stream, item.source_id]} for item in self.record_ids]
        elif self.kind == "value":
            links = [item._as_reference() for item in self.value_ids]
        else:
            return self._convert_text()
        if self.is_list:
            return links
        if len(links) > 1:
            raise UserError(self.env._("Only one can be chosen here."))
        return links[0] if links else False

    def _convert_text(self):
        """Return what was typed as the field takes it; False to leave it empty."""
        text = (self.text or "").strip()
        if not text:
            return False
        field = self._get_field()
        if field and field.type == "selection":
            return self._find_choice(field, text)
        name = CHECKS.get(field.type if field else "")
        # The instant is shown in UTC, as it is kept.
        arguments = ["UTC"] if name == "datetime" else []
        try:
            return TRANSFORMS[name](text, *arguments) if name else text
        except BadValue as error:
            data = {"value": text, "field": field.string, **error.data}
            sentence = format_message(self.env, error.code, data)[0]
            raise UserError(sentence) from None

    def _get_field(self):
        line = self._get_line()
        if line.model_name not in self.env:
            return None
        return self.env[line.model_name]._fields.get(line.target)

    def _find_choice(self, field, text):
        choices = field._description_selection(self.env)
        for key, label in choices:
            if text.casefold() in (str(key).casefold(), label.casefold()):
                return key
        raise UserError(
            self.env._(
                "%(value)s is not one of the choices: %(choices)s.",
                value=text,
                choices=", ".join(label for _key, label in choices),
            )
        )
