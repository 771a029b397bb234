"""Imported to-dos outlive Odoo's daily clean-up, however long they are overdue."""

from odoo import api, models
from odoo.fields import Domain

KEEP_IMPORTED = "crm_migration_keep_imported"


class MailActivity(models.Model):
    """Leave the open activities of a migration alone until a person closes them.

    Odoo deletes, without a word on their records, open activities whose deadline is more
    than three years ago (``mail.activity.gc.delete_overdue_years``), however new they are
    (``_gc_delete_old_overdue_activities``, 19.0). What was open in the source was brought
    over as open; that it goes away again overnight is nobody's decision.
    """

    _inherit = "mail.activity"

    @api.autovacuum
    def _gc_delete_old_overdue_activities(self):
        keeping = self.with_context(**{KEEP_IMPORTED: True})
        return super(MailActivity, keeping)._gc_delete_old_overdue_activities()

    @api.model
    def _search(self, domain, *args, **kwargs):
        if self.env.context.get(KEEP_IMPORTED):
            links = self.env["crm.migration.id.map"].sudo()
            imported = links._search([("res_model", "=", self._name)])
            kept = Domain("id", "not in", imported.subselect("res_id"))
            domain = Domain(domain) & kept
        return super()._search(domain, *args, **kwargs)
