"""Buttons of the form of a migration that answer on the spot."""

from odoo import api, fields, models


class CrmMigrationJobReview(models.AbstractModel):
    """Buttons of the form that answer on the spot."""

    _name = "crm.migration.job.review"
    _description = "Migration: Job Review"
    # Who reviews may also write to the others, though not change the migration.
    _mail_post_access = "read"

    problem_stream_count = fields.Integer(compute="_compute_problem_stream_count")

    @api.depends("stream_ids.error")
    def _compute_problem_stream_count(self):
        for job in self:
            job.problem_stream_count = len(job.stream_ids.filtered("error"))

    def action_show_connection(self):
        """Check the connection and show the answer, which the pre-flight list keeps."""
        self.ensure_one()
        is_fine = self.action_check_connection()
        answers = self.sudo().check_ids.filtered(
            lambda check: check.code.startswith("source.")
        )
        if not is_fine:
            answers = answers.filtered(lambda check: check.level == "blocking")
        warned = "warning" in answers.mapped("level")
        title = (
            self.env._("The source cannot be read yet")
            if not is_fine
            else self.env._("The connection works")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": ("warning" if warned else "success") if is_fine else "danger",
                "sticky": not is_fine,
                "title": title,
                "message": " ".join(answers.mapped("text")),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
