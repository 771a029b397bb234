"""The reviewable copy of a source's profile: which object becomes what, field by field."""

from odoo import api, fields, models


class CrmMigrationMapping(models.Model):
    """How the records of a stream become records of an Odoo model."""

    _name = "crm.migration.mapping"
    _description = "Migration Mapping"
    _inherit = ["crm.migration.protected"]
    _order = "sequence, id"
    _user_fields = frozenset({"is_reviewed", "selected", "line_ids"})

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    stream_id = fields.Many2one(
        "crm.migration.stream",
        required=True,
        index=True,
        ondelete="cascade",
        string="Object",
    )
    stream = fields.Char(related="stream_id.name", store=True)
    part = fields.Char(default="", help="Tells several mappings of an object apart.")
    key = fields.Char(
        default="", help="Tells several mappings of an object to one model apart."
    )
    label = fields.Char()
    sequence = fields.Integer(help="Dependency order.")
    model_name = fields.Char(required=True, string="Technical Model")
    model_label = fields.Char(compute="_compute_model_label", string="Becomes")
    after = fields.Json()
    when = fields.Json(string="Conditions")
    ignored = fields.Json(help="Source field → why it is not brought over.")
    selected = fields.Boolean(default=True)
    is_reviewed = fields.Boolean(string="Reviewed")
    line_ids = fields.One2many("crm.migration.mapping.line", "mapping_id")
    open_count = fields.Integer(compute="_compute_open_count", string="To Decide")

    _part_uniq = models.Constraint(
        "UNIQUE(job_id, stream_id, part, model_name, key)",
        "A mapping stands once in each migration.",
    )

    @api.depends("model_name")
    def _compute_model_label(self):
        for mapping in self:
            model = self.env["ir.model"]._get(mapping.model_name)
            mapping.model_label = model.name or mapping.model_name

    @api.depends("line_ids.state")
    def _compute_open_count(self):
        for mapping in self:
            mapping.open_count = len(
                mapping.line_ids.filtered(lambda line: line.state == "open")
            )

    def _identify(self):
        """Return what plans and updates know a mapping by, unique in the migration."""
        self.ensure_one()
        return (self.stream, self.part or "", self.model_name, self.key or "")

    @api.depends("stream_id.label", "model_name", "label")
    def _compute_display_name(self):
        for mapping in self:
            arrow = f"{mapping.stream_id.label} → {mapping.model_label}"
            mapping.display_name = (
                f"{arrow} ({mapping.label})" if mapping.label else arrow
            )


class CrmMigrationMappingLine(models.Model):
    """One source field (or a fixed value) and where it goes."""

    _name = "crm.migration.mapping.line"
    _description = "Migration Mapping Line"
    _inherit = ["crm.migration.protected"]
    _order = "mapping_id, sequence, id"
    _user_fields = frozenset(
        {"field_id", "target", "state", "ignore_reason", "custom_label"}
        | {"separator", "unit"}
    )

    mapping_id = fields.Many2one(
        "crm.migration.mapping", required=True, index=True, ondelete="cascade"
    )
    job_id = fields.Many2one(related="mapping_id.job_id", store=True, index=True)
    company_id = fields.Many2one(related="mapping_id.company_id", store=True)
    sequence = fields.Integer()
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
    custom_field = fields.Char(string="Created As", readonly=True)
    is_field_created = fields.Boolean(
        readonly=True, help="The field was created by this migration."
    )
    confidence = fields.Integer(string="Confidence (%)", aggregator="avg")
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
