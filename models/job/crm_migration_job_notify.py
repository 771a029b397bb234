"""Tell those who wait for it that a pass has ended, or that it asks for something."""

from odoo import fields, models


class CrmMigrationJobNotify(models.AbstractModel):
    """Nobody hears of what is loaded; of the migration itself hears who asked for it."""

    _name = "crm.migration.job.notify"
    _description = "Migration: Job Notification"

    notified_user_ids = fields.Many2many(
        "res.users",
        "crm_migration_job_notified_rel",
        "job_id",
        "user_id",
        string="Notify",
        domain=[("share", "=", False)],
        copy=False,
        help="Who gets a message when a pass has ended or asks for something: in Odoo or "
        "by e-mail, as each user has chosen in the preferences.",
    )

    def _tell_waiting(self, run):
        """Notify of the end of a pass, or of what it stopped for."""
        partners = self.notified_user_ids.filtered("active").partner_id
        if not partners:
            return
        job = run._in_language(self)
        kind = run._in_language(run)._format_kind()
        if run.state == "done":
            text = job._format_result(run, kind)
        else:
            text = f"{kind}: {run.blocked_reason or ''}"
        self.message_notify(
            partner_ids=partners.ids,
            subject=self.name,
            body=text,
            author_id=run.create_uid.partner_id.id,
        )
