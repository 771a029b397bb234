"""A migration of a system that was migrated before: it knows what is in Odoo already."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..words.messages import agreed


class CrmMigrationJobLineage(models.AbstractModel):
    """The links of the earlier migration are read, and never changed.

    What it created stays its own: the rollback of this one takes back what this one
    changed, and deletes only what this one created.
    """

    _name = "crm.migration.job.lineage"
    _description = "Migration: Job Lineage"

    system_key = fields.Char(
        readonly=True,
        copy=False,
        help="What tells the system that is read from all others of its kind.",
    )
    predecessor_id = fields.Many2one(
        "crm.migration.job",
        string="Continues",
        copy=False,
        ondelete="set null",
        context={"active_test": False},
        domain="[('source', '=', source), ('company_id', '=', company_id),"
        " ('id', '!=', id), ('active', 'in', (True, False))]",
        help="An earlier migration from the same system. Its records are recognized by "
        "their ids: they are updated instead of being loaded twice.",
    )
    known_count = fields.Integer(
        compute="_compute_known_count", string="Known From Before"
    )

    @api.depends("predecessor_id")
    def _compute_known_count(self):
        for job in self:
            earlier = job.sudo()._get_lineage() - job
            job.known_count = self.env["crm.migration.id.map"].search_count(
                [("job_id", "in", earlier.ids)]
            )

    @api.constrains("predecessor_id")
    def _check_predecessor(self):
        for job in self.filtered("predecessor_id"):
            earlier = job.predecessor_id.sudo()
            if (
                earlier.source != job.source
                or earlier.company_id != job.company_id
                or job in earlier._get_lineage()
            ):
                raise ValidationError(
                    job.env._(
                        "%(job)s cannot continue %(earlier)s: that must be an earlier "
                        "migration from the same kind of system into the same company.",
                        job=job.name,
                        earlier=earlier.name,
                    )
                )

    def write(self, vals):
        """Once something was loaded, what it knew cannot be changed any more."""
        if "predecessor_id" in vals:
            # Else its name would be told by the sentence below.
            self.browse(vals["predecessor_id"] or ()).check_access("read")
            for job in self:
                is_other = job.predecessor_id.id != (vals["predecessor_id"] or False)
                if is_other and job.sudo().loaded_count:
                    raise ValidationError(
                        job.env._(
                            "%(job)s has loaded records already. Roll it back before "
                            "you choose another migration to continue.",
                            job=job.name,
                        )
                    )
        return super().write(vals)

    def _get_lineage(self):
        """Return this migration and those it continues, the newest first."""
        jobs = self
        while earlier := jobs[-1:].sudo().predecessor_id - jobs:
            jobs += earlier
        return jobs

    def _get_earlier_ids(self):
        """Return the ids of the migrations it continues, the newest first."""
        return (self._get_lineage() - self).ids

    def _recognize_system(self, source):
        """Find the earlier migration of the very same system, unless one was chosen."""
        self.ensure_one()
        key = source.identify()
        if not key:
            return
        is_new = not self.system_key
        self.system_key = key
        if is_new and not self.predecessor_id and not self.loaded_count:
            self.predecessor_id = self._find_predecessor()

    def _find_predecessor(self):
        jobs = self.with_context(active_test=False).search(
            [
                ("source", "=", self.source),
                ("system_key", "=", self.system_key),
                ("company_id", "=", self.company_id.id),
                ("id", "<", self.id),
                ("anonymize", "=", self.anonymize),
            ],
            order="id desc",
        )
        maps = self.env["crm.migration.id.map"]
        return next(
            (
                job
                for job in jobs
                if (job.anonymize_salt or not job.anonymize)
                and maps.search_count([("job_id", "=", job.id)], limit=1)
            ),
            jobs.browse(),
        )

    def _get_checks(self):
        return [*super()._get_checks(), *self._check_lineage()]

    def _check_lineage(self):
        if not self.predecessor_id:
            return []
        text = agreed(
            self.env,
            self.env._(
                "This system was migrated before (%(earlier)s). Its %(count)s [[count|record is|records are]] "
                "recognized and updated, not loaded twice. Take the entry “Continues” out "
                "to load them anew.",
                earlier=self.predecessor_id.name,
                count=self.known_count,
            ),
            {"count": self.known_count},
        )
        return [("lineage", "passed", text)]

    # -- what was decided before -------------------------------------------------

    def _match_owner(self, owner, index):
        """Let the user stand for an owner who stood for them the last time."""
        earlier = self.env["crm.migration.owner"].search(
            [
                ("job_id", "in", self._get_earlier_ids()),
                ("key", "=", owner.get("key")),
                ("user_id", "!=", False),
            ],
            order="job_id.id desc",
            limit=1,
        )
        if earlier:
            reason = self.env._("As in the earlier migration.")
            return {
                "user_id": earlier.user_id.id,
                # What was made before somebody took over was made by who had it then.
                "author_user_id": earlier.author_user_id.id,
                "decision": "assign",
                "reason": reason,
            }
        return super()._match_owner(owner, index)
