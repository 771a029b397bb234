"""Addresses that must not be mailed: an opt-out is never lost, and never taken back."""

from odoo import models
from odoo.tools import email_normalize

from ..loading.batch import Refused


class CrmMigrationTargetMailBlacklist(models.AbstractModel):
    """Find the entry of an address, else create it.

    Odoo's own ``create`` returns entries that exist already, in another order than they
    were given, and leaves archived ones archived (``mail.blacklist``, 19.0): a rollback
    would delete opt-outs that were there before, and an address could be mailed of which
    the source says that it must not be.
    """

    _name = "crm.migration.target.mail.blacklist"
    _archivable = False
    _description = "Migration Target: Opt-Outs"
    _inherit = ["crm.migration.target"]
    _model = "mail.blacklist"

    def _create_wave(self, batch, items):
        ready = self._prepare_each(batch, items)
        known = self._find_known(batch, [item.vals["email"] for item in ready])
        first, others = {}, []
        for item in ready:
            email = item.vals["email"]
            if email in known or email in first:
                others.append(item)
            else:
                first[email] = item
        self._attempt(batch, list(first.values()), self._create_together)
        known |= {email: (item.res_id, True) for email, item in first.items()}
        self._attempt(batch, others, lambda *given: self._take_known(*given, known))

    def _derive(self, batch, item):
        email = email_normalize(self._as_text(item.vals.get("email")))
        if not email:
            raise Refused("bad_email", "email", item.vals.get("email"))
        # A source that says so nowhere never un-blocks: the entry is the opt-out.
        item.vals.update(email=email, active=True)

    def _find_known(self, batch, emails):
        """Return address → (id, is it active) of the entries that Odoo has."""
        self.env.cr.execute(
            "SELECT email, id, active FROM mail_blacklist WHERE email = ANY(%s)",
            [emails],
        )
        return {
            email: (res_id, active) for email, res_id, active in self.env.cr.fetchall()
        }

    def _take_known(self, batch, items, known):
        """Use what is there; what a person had un-blocked is blocked again, and said."""
        changes = []
        for item in items:
            item.res_id, is_active = known[item.vals["email"]]
            item.outcome, item.rollback_action = "matched", "keep"
            if not is_active:
                item.report("blocked_again", "info", "email", item.vals["email"])
                batch.model.browse(item.res_id).active = True
                item.rollback_action = "restore"
                changes.append((item.res_id, {"active": False}, {"active": True}))
            batch.remember(item)
        self.env.flush_all()
        self._write_links(batch, items)
        self._write_journal(batch, changes)

    def _update(self, batch, items):
        """Follow an address that changed; what was there before is left alone."""
        own = [item for item in items if item.rollback_action == "delete"]
        super()._update(batch, own)
        for item in items:
            if item not in own:
                item.outcome = "unchanged"
        self._write_links(batch, [item for item in items if item not in own])
