"""The dialog that ends a conflict with a value that neither side has."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.words.note_text import text_from_html

KINDS = {
    **dict.fromkeys(("char", "text", "html"), "text"),
    **dict.fromkeys(("integer", "float", "monetary"), "number"),
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
    "selection": "choice",
    "many2one": "record",
}
"""Type of the Odoo field → how its value is entered."""


class CrmMigrationConflictEdit(models.TransientModel):
    """One value for one field, of one record or of several."""

    _name = "crm.migration.conflict.edit"
    _description = "Enter the Value of a Conflict"
    _inherit = ["crm.migration.dialog"]

    conflict_ids = fields.Many2many("crm.migration.conflict", required=True)
    field_label = fields.Char(compute="_compute_kind", string="Odoo Field")
    kind = fields.Selection(
        [(kind, kind) for kind in dict.fromkeys(KINDS.values())],
        compute="_compute_kind",
    )
    then_text = fields.Text(compute="_compute_kind", string="Source Then")
    theirs_text = fields.Text(compute="_compute_kind", string="Source Now")
    mine_text = fields.Text(compute="_compute_kind", string="Odoo Now")
    is_single = fields.Boolean(compute="_compute_kind")
    text = fields.Text(string="New Text")
    number = fields.Float(string="New Number", digits=(16, 6))
    is_true = fields.Boolean(string="Ticked")
    day = fields.Date(string="New Day")
    moment = fields.Datetime(string="New Moment")
    choices_text = fields.Char(compute="_compute_kind", string="One of")
    record_ref = fields.Reference("_selection_models", string="New Link")

    @api.model
    def _selection_models(self):
        return [
            (model.model, model.name)
            for model in self.env["ir.model"].sudo().search([])
            if not model.transient
        ]

    @api.model
    def default_get(self, names):
        """Begin with Odoo's value of the first conflict."""
        values = super().default_get(names)
        given = self.env.context.get("default_conflict_ids") or []
        ids = [each for each in given if isinstance(each, int)]
        conflict = self.env["crm.migration.conflict"].browse(ids[:1])
        conflict.check_access("read")
        field = conflict._get_field()
        kind = field is not None and KINDS.get(field.type)
        if not kind:
            return values
        mine = conflict.sudo()._unpack("mine_value")
        if kind == "text":
            values["text"] = text_from_html(mine) if field.type == "html" else mine
        elif kind == "choice":
            values["text"] = conflict.mine_text
        elif kind == "record":
            values["record_ref"] = mine and f"{field.comodel_name},{mine}"
        else:
            name = {"number": "number", "boolean": "is_true", "date": "day"}
            values[name.get(kind, "moment")] = mine
        return values

    @api.depends("conflict_ids")
    def _compute_kind(self):
        for wizard in self:
            first = wizard.conflict_ids[:1]
            field = first._get_field()
            wizard.kind = KINDS.get(field.type) if field is not None else False
            wizard.field_label = first.field_label
            wizard.is_single = len(wizard.conflict_ids) == 1
            for name in ("then_text", "theirs_text", "mine_text"):
                wizard[name] = first[name]
            wizard.choices_text = (
                ", ".join(dict(field._description_selection(self.env)).values())
                if wizard.kind == "choice"
                else False
            )

    def action_take(self):
        """Let the next load write the value.

        :raises UserError: it does not fit, or the conflicts are about several fields
        """
        self.ensure_one()
        conflicts = self.conflict_ids
        if len({(row.res_model, row.field) for row in conflicts}) != 1:
            raise UserError(
                self.env._("Choose conflicts about one and the same field only.")
            )
        field = conflicts[0]._get_field()
        if not self.kind:
            raise UserError(
                self.env._(
                    "This value cannot be entered here. Change it in Odoo itself, or "
                    "take one of the two."
                )
            )
        value = self._get_value(field)
        if field.required and field.type != "boolean" and value is False:
            raise UserError(
                self.env._("%(field)s must not be empty.", field=self.field_label)
            )
        model = self.env[field.model_name]
        plain = self.env["crm.migration.target"]._plain(
            model.new({}), field.name, value
        )
        shown = self.env["crm.migration.target"]._format_plain(
            model.browse(), field.name, plain
        )
        conflicts._decide("own", plain, shown or self.env._("empty"))
        return {"type": "ir.actions.act_window_close"}

    def _get_value(self, field):
        if self.kind == "record":
            if self.record_ref and self.record_ref._name != field.comodel_name:
                label = self.env["ir.model"]._get(field.comodel_name).name
                raise UserError(
                    self.env._("Choose a record of %(model)s.", model=label)
                )
            return self.record_ref.id if self.record_ref else False
        if self.kind == "choice":
            wanted = (self.text or "").strip().casefold()
            for key, label in field._description_selection(self.env):
                if wanted in (key.casefold(), label.casefold()):
                    return key
            if wanted:
                raise UserError(
                    self.env._("Choose one of: %(choices)s", choices=self.choices_text)
                )
            return False
        if self.kind == "number":
            return int(self.number) if field.type == "integer" else self.number
        names = {"boolean": "is_true", "date": "day", "datetime": "moment"}
        return self[names.get(self.kind, "text")]
