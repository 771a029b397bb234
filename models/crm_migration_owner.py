"""An owner seen in the source, and the Odoo user who stands for them."""

from odoo import api, fields, models


class CrmMigrationOwner(models.Model):
    """Matched by e-mail, then by name; the rest waits in the queue for a decision."""

    _name = "crm.migration.owner"
    _description = "Migration Owner"
    _inherit = ["crm.migration.protected"]
    _order = "decision nulls first, count desc, name"
    _user_fields = frozenset({"decision", "user_id"})

    job_id = fields.Many2one(
        "crm.migration.job", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    key = fields.Char(required=True, string="Source ID")
    name = fields.Char()
    email = fields.Char()
    count = fields.Integer(string="Records")
    user_id = fields.Many2one(
        "res.users", string="Odoo User", context={"active_test": False}
    )
    decision = fields.Selection(
        [
            ("assign", "Assign to User"),
            ("create", "Create the User"),
            ("placeholder", "Placeholder"),
            ("empty", "Leave Empty"),
        ],
        help="Empty: still to be decided.",
    )
    reason = fields.Char(string="How It Was Found")
    is_created = fields.Boolean(
        readonly=True, help="The user was created by this migration."
    )

    result_text = fields.Char(compute="_compute_result_text", string="Result")

    _key_uniq = models.Constraint(
        "UNIQUE(job_id, key)", "An owner is decided once per migration."
    )

    @api.depends("name", "email", "key")
    def _compute_display_name(self):
        for owner in self:
            owner.display_name = owner.name or owner.email or owner.key

    @api.depends("decision", "user_id", "name", "email", "key")
    def _compute_result_text(self):
        for owner in self:
            words = {
                "assign": owner.user_id.sudo().name or owner.display_name,
                "create": owner.env._("%(name)s (new user)", name=owner.display_name),
                "placeholder": owner.env._(
                    "%(name)s (placeholder)", name=owner.display_name
                ),
                "empty": owner.env._("(left empty)"),
            }
            owner.result_text = words.get(
                owner.decision,
                owner.env._("%(name)s (to decide)", name=owner.display_name),
            )

    @api.onchange("user_id")
    def _onchange_user_id(self):
        if self.user_id:
            self.decision = "assign"

    @api.onchange("decision")
    def _onchange_decision(self):
        if self.decision != "assign":
            self.user_id = False

    def write(self, vals):
        """Take the choice of a user as the decision to assign them."""
        if vals.get("user_id") and "decision" not in vals:
            vals = {**vals, "decision": "assign"}
        elif vals.get("decision") in ("placeholder", "empty") and "user_id" not in vals:
            vals = {**vals, "user_id": False}
        return super().write(vals)

    def action_placeholder(self):
        self._as_reviewer().write({"decision": "placeholder"})

    def action_leave_empty(self):
        self._as_reviewer().write({"decision": "empty"})

    def action_create(self):
        """Decide that the load creates the users; they get no e-mail."""
        self._check_manager()
        self._as_reviewer().write({"decision": "create"})
