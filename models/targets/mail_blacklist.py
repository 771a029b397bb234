"""Addresses that must not be mailed: an opt-out is never lost, and never taken back."""

from odoo import models
from odoo.tools import email_normalize

from ..loading.batch import Refused


class CrmMigrationTargetMailBlacklist(models.AbstractModel):
    """One entry for an address; whoever un-blocked it before is overruled, and told.

    Odoo's own ``create`` returns entries that exist already, in another order than they
    were given, and leaves archived ones archived (``mail.blacklist``, 19.0): a rollback
    would delete opt-outs that were there before, and an address could be mailed of which
    the source says that it must not be.
    """

    _name = "crm.migration.target.mail.blacklist"
    _description = "Migration Target: Opt-Outs"
    _inherit = ["crm.migration.target.by.key"]
    _model = "mail.blacklist"
    # Whoever wants to write to somebody again un-blocks the address: it stays there.
    _must_stand = True
    # Somebody with an address that is none is a contact all the same.
    _goes_along = True

    def _derive(self, batch, item):
        given = item.vals.get("email")
        email = email_normalize(self._as_text(given))
        if not email:
            raise Refused("bad_email", "email", given)
        # That there is an entry is the opt-out: nothing in the source un-blocks.
        item.vals.update(email=email, active=True)

    def _key_of(self, vals):
        return vals["email"]

    def _find_known(self, batch, keys):
        self.env.cr.execute(
            "SELECT email, id FROM mail_blacklist WHERE email = ANY(%s)", [list(keys)]
        )
        return dict(self.env.cr.fetchall())

    def _take_known(self, batch, items):
        """Use what is there; what a person had un-blocked is blocked again, and said."""
        rows = self._take_rows(batch.model, {item.res_id for item in items})
        again = []
        for item in items:
            item.outcome, item.rollback_action = "matched", "keep"
            if not rows[item.res_id]["active"] and item.res_id not in again:
                again.append(item.res_id)
                item.rollback_action = "restore"
                item.report("blocked_again", "info", "email", item.vals["email"])
        batch.model.browse(again).write({"active": True})
        self.env.flush_all()
        self._write_links(batch, items)
        changes = [(res_id, {"active": False}, {"active": True}) for res_id in again]
        self._write_journal(batch, changes, rows)

    def _update(self, batch, items):
        """Follow an address that changed; what was there before is left alone."""
        own = [item for item in items if item.rollback_action == "delete"]
        entries = batch.model.browse([item.res_id for item in own])
        before = {entry.id: entry.email for entry in entries}
        super()._update(batch, own)
        self._keep_blocked(batch, own, before)
        others = [item for item in items if item.rollback_action != "delete"]
        for item in others:
            item.outcome = "unchanged"
        self._write_links(batch, others)

    def _keep_blocked(self, batch, items, before):
        """Block the address that somebody had before, as well as the one of today."""
        left = {}
        for item in items:
            if before[item.res_id] != batch.model.browse(item.res_id).email:
                left.setdefault(before[item.res_id], item)
        new = left.keys() - self._find_known(batch, left.keys()).keys()
        created = batch.model.create([{"email": email} for email in sorted(new)])
        for entry in created:
            left[entry.email].add_extra("mail.blacklist", entry.id)
        self._write_links(batch, [left[email] for email in new])

    def _compare_more(self, batch, item, record):
        """An address that Odoo had already must be blocked as well."""
        yield from super()._compare_more(batch, item, record)
        if item.mapped["outcome"] == "matched":
            yield "active", True, record.active
