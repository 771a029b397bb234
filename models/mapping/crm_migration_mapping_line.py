"""One field of the source, and where its values go."""

from odoo import fields, models

LAST = 100_000
"""Position of what no column gives: fixed values come behind all columns."""


class CrmMigrationMappingLine(models.Model):
    """One source field (or a fixed value) and where it goes."""

    _name = "crm.migration.mapping.line"
    _description = "Migration Mapping Line"
    _inherit = [
        "crm.migration.mapping.line.join",
        "crm.migration.mapping.line.choice",
        "crm.migration.mapping.line.written",
        "crm.migration.mapping.line.review",
        "crm.migration.mapping.line.display",
        "crm.migration.mapping.line.suggest",
        "crm.migration.mapping.line.fields",
        "crm.migration.mapping.line.profile",
        "crm.migration.protected",
        "crm.migration.decided",
    ]
    _order = "mapping_id, sequence, id"
    _user_fields = frozenset(
        {"field_id", "target", "state", "ignore_reason", "custom_label"}
        | {"separator", "unit", "place"}
    )
    _decisions = frozenset({"target", "state"})

    mapping_id = fields.Many2one(
        "crm.migration.mapping", required=True, index=True, ondelete="cascade"
    )
    model_name = fields.Char(related="mapping_id.model_name")
    job_id = fields.Many2one(related="mapping_id.job_id", store=True, index=True)
    company_id = fields.Many2one(related="mapping_id.company_id", store=True)
    sequence = fields.Integer()
    position = fields.Integer(
        default=LAST, help="Place of the column in the source, as the lists show it."
    )
    source = fields.Char(string="Source Field", help="Path; several joined by a comma.")
    source_paths = fields.Json(help="Path in the record, or a list of several.")
    source_label = fields.Char()
    source_kind = fields.Char(string="Type in the Source")
    is_custom = fields.Boolean(string="Custom")
    target = fields.Char(string="Technical Target")
    field_id = fields.Many2one(
        "ir.model.fields",
        compute="_compute_field_id",
        inverse="_inverse_field_id",
        string="Odoo Field",
        help="Empty for what the loader itself places: dates, authors, the thread.",
    )
    target_label = fields.Char(compute="_compute_target_label", string="Goes To")
    steps = fields.Json(string="Technical Conversion")
    steps_text = fields.Char(compute="_compute_steps_text", string="Conversion")
    required = fields.Boolean()
    lossy = fields.Char(string="What Is Lost")
    custom_kind = fields.Char(string="Type of the New Field")
    custom_label = fields.Char(string="Label of the New Field")
    custom_options = fields.Json()
    custom_relation = fields.Char(help="The object that a reference leads to.")
    custom_field = fields.Char(string="Created As", readonly=True)
    is_field_created = fields.Boolean(
        readonly=True, help="The field was created by this migration."
    )
    is_cleaned_up = fields.Boolean(
        readonly=True,
        copy=False,
        help="The field was removed as no record had a value in it; it is created anew "
        "once a record that is to be loaded fills it.",
    )
    confidence = fields.Integer(aggregator="avg")
    reason = fields.Char(string="Why This Proposal")
    state = fields.Selection(
        [
            ("open", "To Decide"),
            ("accepted", "Accepted"),
            ("ignored", "Left Out"),
        ],
        required=True,
        default="open",
        index=True,
    )
    ignore_reason = fields.Char(string="Why Left Out")
    fill_count = fields.Integer(string="Filled")
    record_count = fields.Integer(string="Of")
    fill_rate = fields.Float(compute="_compute_fill_rate", string="Filled (%)")
    distinct_count = fields.Integer(string="Distinct Values")
    samples = fields.Json()
    sample_text = fields.Char(compute="_compute_samples", string="Source Value")
    sample_result = fields.Char(compute="_compute_samples", string="Becomes")
