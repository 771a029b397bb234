"""An owner seen in the source, and the Odoo user who stands for them."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmMigrationOwner(models.Model):
    """A decision per owner; ``job/crm_migration_job_owners.py`` matches by e-mail and name."""

    _name = "crm.migration.owner"
    _description = "Migration Owner"
    _inherit = [
        "crm.migration.owner.effect",
        "crm.migration.protected",
    ]
    _order = "decision nulls first, count desc, name"
    _user_fields = frozenset({"decision", "user_id"})
    _check_company_auto = True

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    key = fields.Char(required=True, string="Source ID")
    name = fields.Char()
    email = fields.Char()
    count = fields.Integer(string="Records")
    user_id = fields.Many2one(
        "res.users",
        string="Odoo User",
        context={"active_test": False},
        check_company=True,
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
    own_rows = fields.Json(
        readonly=True, help="Model → ids of what Odoo itself made for the new user."
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
        if vals.get("decision") == "create":
            # The button that says so is a manager's as well.
            self._check_manager()
        made = {owner: owner._keep_made(vals) for owner in self}
        done = super().write(vals)
        if not self.env.su and not self._user_fields.isdisjoint(vals):
            # Nobody found it: somebody said so.
            said = self.env._("Decided by %(name)s.", name=self.env.user.name)
            super(CrmMigrationOwner, self.sudo()).write({"reason": said})
        for owner, kept in made.items():
            if kept:
                super(CrmMigrationOwner, owner.sudo()).write(kept)
        return done

    def action_placeholder(self):
        self._as_reviewer().write({"decision": "placeholder"})
        return True

    def action_leave_empty(self):
        self._as_reviewer().write({"decision": "empty"})
        return True

    def action_create(self):
        """Decide that the load creates the users; they get no e-mail."""
        self._as_manager().write({"decision": "create"})
        return True

    def action_reassign(self):
        """Ask who takes over from those that were chosen, else from all of the list.

        :raises UserError: nothing is loaded yet, or the list is of several migrations
        """
        owners = self or self.search(self.env.context.get("active_domain") or [])
        owners._check_manager()
        if len(owners.job_id) != 1:
            raise UserError(
                self.env._("Choose owners, or show those of one migration only.")
            )
        owners.job_id._check_manager()
        owners.job_id.sudo()._check_reassignable()
        return self.env["crm.migration.reassign"]._open_for(owners)

    # -- who stands for whom -----------------------------------------------------

    @api.model
    def _resolve(self, job, keys):
        """Return owner key → user id, or False for *leave empty*.

        Users that were decided to be created, and placeholders, are created here
        when they are first needed. An owner nobody decided about is not in the
        answer where the migration waits for a decision.
        """
        keys = {str(key) for key in keys}
        if not keys:
            return {}
        owners = self.sudo().with_context(active_test=False)
        owners = owners.search([("job_id", "=", job.id), ("key", "in", list(keys))])
        unseen = keys - set(owners.mapped("key"))
        if unseen and job.owner_policy != "wait":
            owners += owners.create(
                [{"job_id": job.id, "key": key} for key in sorted(unseen)]
            )
        owners._ensure_users(job)
        resolved = {}
        for owner in owners:
            decision = owner._effective_decision(job)
            if decision == "empty":
                resolved[owner.key] = False
            elif decision and owner.user_id:
                resolved[owner.key] = owner.user_id.id
        return resolved

    def _effective_decision(self, job):
        """Return the decision, or what the policy says where there is none."""
        self.ensure_one()
        if self.decision:
            return self.decision
        if self.user_id:
            return "assign"
        return {"placeholder": "placeholder", "empty": "empty"}.get(job.owner_policy)

    def _ensure_users(self, job):
        """Create the users that are missing, all at once, and tell nobody."""
        missing = self.filtered(
            lambda owner: (
                not owner.user_id
                and owner._effective_decision(job) in ("create", "placeholder")
            )
        )
        if missing:
            self.env["crm.migration.target.res.users"]._create_for_owners(job, missing)
