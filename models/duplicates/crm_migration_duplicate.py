"""Two records that may be the same: within the source, or one of them in Odoo."""

from odoo import api, fields, models

from ..staging.crm_migration_record import open_target


class CrmMigrationDuplicate(models.Model):
    """A proposal with its evidence. Nothing is merged until somebody decides."""

    _name = "crm.migration.duplicate"
    _description = "Possible Duplicate"
    _inherit = [
        "crm.migration.labelled",
        "crm.migration.protected",
    ]
    _order = "decision nulls first, score desc, id"
    _user_fields = frozenset({"decision"})

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    record_id = fields.Many2one(
        "crm.migration.record",
        required=True,
        index=True,
        ondelete="cascade",
        string="Staging Record",
    )
    stream = fields.Char(string="Object")
    kind = fields.Selection(
        [("odoo", "In Odoo"), ("source", "Within the Source")], required=True
    )
    other_record_id = fields.Many2one(
        "crm.migration.record", index="btree_not_null", ondelete="cascade"
    )
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    other_name = fields.Char(string="Looks Like")
    score = fields.Integer(string="Score (%)", aggregator="avg")
    evidence = fields.Char(help="What speaks for the two being one.")
    contradiction = fields.Char(
        string="Against It", help="What speaks against the two being one."
    )
    is_held = fields.Boolean(
        string="Never by Itself",
        help="Only a person merges it: it looks like several records in Odoo, or like the "
        "contact of a user.",
    )
    decision = fields.Selection(
        [
            ("merge", "Merge"),
            ("keep", "Keep Both"),
            ("skip", "Skip This One"),
        ],
        help="Empty: still to be decided.",
    )
    decided_by_id = fields.Many2one("res.users")

    comparison = fields.Json(
        compute="_compute_comparison", help="The two records, field by field."
    )

    _pair_uniq = models.UniqueIndex(
        "(record_id, kind, COALESCE(other_record_id, 0), COALESCE(res_id, 0))",
        "A pair is listed once.",
    )

    @api.depends("record_id.name", "other_name")
    def _compute_display_name(self):
        for pair in self:
            pair.display_name = (
                f"{pair.record_id.display_name} ≈ {pair.other_name or ''}"
            )

    def _compute_comparison(self):
        for pair in self:
            pair.comparison = self.env["crm.migration.comparison"]._compare_pair(pair)

    def write(self, vals):
        """Keep who decided; the staging record is skipped, or taken back in."""
        if "decision" not in vals:
            return super().write(vals)
        taken_back = self.filtered(lambda pair: pair.decision == "skip")
        done = super().write(vals)
        sudo = self.sudo()
        super(CrmMigrationDuplicate, sudo).write(
            {"decided_by_id": vals["decision"] and self.env.uid}
        )
        if vals["decision"] == "skip":
            sudo._skip_records()
        else:
            taken_back.sudo().record_id.action_undo_skip()
        return done

    def _skip_records(self):
        for pair in self:
            other = pair.other_name or pair.other_record_id.display_name
            pair.record_id._skip(self.env._("Duplicate of %(other)s", other=other))

    def action_merge(self):
        self._as_reviewer().write({"decision": "merge"})
        return True

    def action_ask_merge(self):
        """Say what a merge of these pairs will do, and let it be decided or canceled."""
        return self._open_dialog(
            self.env._("Merge Duplicates"),
            "crm.migration.duplicate.merge",
            default_pair_ids=self.ids,
        )

    def action_keep(self):
        self._as_reviewer().write({"decision": "keep"})
        return True

    def action_skip(self):
        self._as_reviewer().write({"decision": "skip"})
        return True

    def action_reopen(self):
        self._as_reviewer().write({"decision": False})
        return True

    def action_open_other(self):
        """Open the record that this one looks like."""
        self.ensure_one()
        if self.kind == "odoo":
            return open_target(self, self.res_model, self.res_id)
        return open_target(self, "crm.migration.record", self.other_record_id.id)

    def action_open_record(self):
        self.ensure_one()
        return open_target(self, "crm.migration.record", self.record_id.id)
