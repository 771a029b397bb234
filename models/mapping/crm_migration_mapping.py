"""The reviewable copy of a source's profile: which object becomes what, field by field."""

from odoo import api, fields, models


class CrmMigrationMapping(models.Model):
    """How the records of a stream become records of an Odoo model."""

    _name = "crm.migration.mapping"
    _description = "Migration Mapping"
    _inherit = [
        "crm.migration.mapping.review",
        "crm.migration.mapping.fields",
        "crm.migration.protected",
    ]
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
    takes_files = fields.Boolean(related="job_id.takes_files")
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
    wanted_model = fields.Char(
        readonly=True,
        help="The model that is meant, where another one stands in for its app.",
    )
    after = fields.Json()
    when = fields.Json(string="Conditions")
    ignored = fields.Json(help="Source field → why it is not brought over.")
    object_label = fields.Char(help="What the records of a custom object are called.")
    object_refs = fields.Json(
        help="Model → ids of what was created with a custom object: rights, screens, menu."
    )
    is_cleaned_up = fields.Boolean(
        readonly=True,
        copy=False,
        help="The custom object was removed as it had no records; it is created anew once "
        "there is one to be loaded.",
    )
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
            mapping.model_label = (
                model.name or mapping.object_label or mapping.model_name
            )

    def _find_object_maker(self):
        """Return the mapping, of any migration, with which a custom object was created."""
        return self.sudo().search(
            [("model_name", "=", self.model_name), ("object_refs", "!=", False)],
            limit=1,
        )

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
