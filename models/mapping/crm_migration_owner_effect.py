"""What the last load took an owner for."""

from odoo import fields, models


class CrmMigrationOwnerEffect(models.AbstractModel):
    _name = "crm.migration.owner.effect"
    _description = "Migration: Owner Effect"

    loaded_as = fields.Char(help="The decision as the last load knew it.")

    made_user_id = fields.Many2one(
        "res.users",
        readonly=True,
        help="Whom the migration made for this owner, where somebody else has taken over.",
    )

    author_user_id = fields.Many2one(
        "res.users",
        readonly=True,
        help="Who stood for this owner before somebody took over: what they did, they did.",
    )

    def _get_authors(self, job, keys):
        """Return key → who stands for an owner as an author, where that is another."""
        owners = self.sudo().search(
            [
                ("job_id", "=", job.id),
                ("key", "in", [str(key) for key in keys]),
                ("author_user_id", "!=", False),
            ]
        )
        return {owner.key: owner.author_user_id.id for owner in owners}

    def _get_made(self):
        """Return the user whom the migration made for this owner, if any."""
        self.ensure_one()
        own = self.user_id if self.is_created else self.user_id.browse()
        return self.made_user_id or own

    def _get_loaded_user(self):
        """Return who stood for the owner when it was loaded last.

        Somebody may have decided anew since; the records have the former user still.
        """
        self.ensure_one()
        if not self.loaded_as:
            return self.user_id
        decision, _bar, user_id = self.loaded_as.partition("|")
        if user_id:
            return self.user_id.browse(int(user_id)).exists()
        return self.user_id.browse() if decision == "empty" else self._get_made()

    def _keep_made(self, vals):
        """Return what to remember of whom the migration made, where somebody takes over.

        A rollback removes who was made, and nobody else.
        """
        self.ensure_one()
        if "user_id" not in vals or vals["user_id"] == self.user_id.id:
            return {}
        if self.is_created and "is_created" not in vals:
            return {"is_created": False, "made_user_id": self.user_id.id}
        if self.made_user_id and vals["user_id"] == self.made_user_id.id:
            return {"is_created": True, "made_user_id": False}
        return {}

    def _get_effect(self):
        self.ensure_one()
        # A user that the load makes for the decision does not change it.
        user = self.env["res.users"] if self.is_created else self.user_id
        return f"{self.decision or ''}|{user.id or ''}"
