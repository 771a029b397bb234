"""Options that make no sense are refused where they are entered."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

MOST_WORKERS = 8
"""As many as there are scheduled actions for them (``data/ir_cron_data.xml``)."""


class CrmMigrationOptionsReview(models.AbstractModel):
    """What makes no sense is refused where it is entered, not in the middle of a load."""

    _name = "crm.migration.options.review"
    _description = "Migration: Options Review"

    @api.constrains("attachment_limit")
    def _check_attachment_limit(self):
        for options in self:
            if options.attachment_limit < 0:
                raise ValidationError(
                    options.env._("The size of a large file cannot be less than zero.")
                )

    @api.constrains("workers")
    def _check_workers(self):
        for options in self:
            if not 1 <= options.workers <= MOST_WORKERS:
                raise ValidationError(
                    options.env._(
                        "Between 1 and %(most)s workers can load at the same time.",
                        most=MOST_WORKERS,
                    )
                )

    @api.constrains("since")
    def _check_since(self):
        now = fields.Datetime.now()
        for options in self:
            if options.since and options.since > now:
                raise ValidationError(
                    options.env._(
                        "“Changed Since” lies in the future: nothing would be read."
                    )
                )
