"""A stream of the source as a migration reads it."""

from odoo import fields, models


class CrmMigrationStream(models.Model):
    """One kind of object: whether it is wanted, how much of it there is, how far we are."""

    _name = "crm.migration.stream"
    _description = "Migration Object"
    _inherit = [
        "crm.migration.stream.again",
        "crm.migration.stream.filter",
        "crm.migration.protected",
    ]
    _order = "sequence, id"
    _rec_name = "label"
    _user_fields = frozenset({"selected", "sequence"})

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    sequence = fields.Integer()
    name = fields.Char(required=True, readonly=True)
    label = fields.Char(required=True, readonly=True, string="Object")
    derived_from = fields.Char(readonly=True, string="Read With")
    selected = fields.Boolean(default=True)
    source_count = fields.Integer(readonly=True, string="In the Source")
    is_counted = fields.Boolean(
        readonly=True, help="The source said how many there are before they were read."
    )
    staged_count = fields.Integer(readonly=True, string="Staged")
    rejected_count = fields.Integer(readonly=True, string="Unreadable")
    checkpoint = fields.Json(readonly=True)
    is_extracted = fields.Boolean(readonly=True, string="Completely Read")
    error = fields.Text(readonly=True)
    primary_key = fields.Char(readonly=True, default="id")
    sample = fields.Json(readonly=True, help="Field → type, fill rate, samples.")
    ways = fields.Json(
        readonly=True,
        prefetch=False,
        help="Field → how it is converted, whatever a person makes of it.",
    )
    plan_hash = fields.Char(
        readonly=True, help="Of the mappings by which its records became values."
    )
    mapping_ids = fields.One2many("crm.migration.mapping", "stream_id")
    left_out = fields.Json(
        readonly=True, help="Conditions and why the records they hold for are left out."
    )

    _name_uniq = models.Constraint(
        "UNIQUE(job_id, name)", "An object is listed once per migration."
    )

    def _count_staged(self):
        """Count what is staged, vanished and could not be read, a query each for all."""
        self._count_vanished()
        staged = dict(
            self.env["crm.migration.record"]._read_group(
                [("stream_id", "in", self.ids)], ["stream_id"], ["__count"]
            )
        )
        rejected = dict(
            self.env["crm.migration.message"]._read_group(
                [
                    ("job_id", "in", self.job_id.ids),
                    ("phase", "=", "extract"),
                    ("severity", "=", "error"),
                    ("source_id", "!=", False),
                    # What an earlier reading could read is staged.
                    ("code", "!=", "not_read_again"),
                ],
                ["stream"],
                ["source_id:count_distinct"],
            )
        )
        for stream in self:
            stream.staged_count = staged.get(stream, 0)
            stream.rejected_count = rejected.get(stream.name, 0)

    def _is_wiped(self):
        """Tell whether what was read of some of its records is wiped."""
        self.ensure_one()
        domain = [("stream_id", "=", self.id), ("is_wiped", "=", True)]
        return bool(self.env["crm.migration.record"].search_count(domain, limit=1))

    def action_change_object(self):
        """Ask what the table holds, where that is a file's to say."""
        self.ensure_one()
        return self.env["crm.migration.table.object"]._open_for(self)

    def _count_accounted(self):
        """Return how many records the source has, as far as they were met."""
        self.ensure_one()
        return self.staged_count - self.vanished_count + self.rejected_count
