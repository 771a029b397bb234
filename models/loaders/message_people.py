"""Who wrote a message and who got it: users, contacts, or only an address."""

from odoo import models
from odoo.tools import email_normalize, formataddr

from .message_ids import name_message


class CrmMigrationLoaderMailMessage(models.AbstractModel):
    _inherit = "crm.migration.loader.mail.message"

    def _collect(self, batch):
        super()._collect(batch)
        addresses = {
            email
            for item in batch.items
            for party in item.targets.get("@addresses") or []
            if (email := email_normalize(party.get("email") or ""))
        }
        addresses |= {
            email
            for item in batch.items
            if (email := email_normalize(item.targets.get("email_from") or ""))
        }
        batch.cache["partners"] = self._partners_by_email(batch, addresses)
        self._fetch_authors(batch)

    def _fetch_authors(self, batch):
        """Read user → (partner, formatted address) of everybody in the batch, once."""
        ids = [user_id for user_id in batch.users.values() if user_id]
        users = self.env["res.users"].browse([*ids, self.env.uid])
        batch.cache["authors"] = {
            user.id: (user.partner_id.id, self._address_of(user.partner_id))
            for user in users
        }
        people = [r for m, r in batch.links.values() if m == "res.partner"]
        partners = self.env["res.partner"].browse(
            {*people, *batch.cache["partners"].values()}
        )
        partners.fetch(["name", "email"])

    def _address_of(self, partner):
        """Return what stands in *From*; without an address at least the name."""
        if partner.email:
            return partner.email_formatted
        return partner.name or False

    def _partners_by_email(self, batch, addresses):
        """Return normalized address → partner: users first, then the oldest contact."""
        if not addresses:
            return {}
        self.env.cr.execute(
            """
            SELECT DISTINCT ON (email_normalized) email_normalized, id
              FROM res_partner
             WHERE email_normalized = ANY(%s) AND active
               AND (company_id IS NULL OR company_id = %s)
             ORDER BY email_normalized, partner_share, id
            """,
            [list(addresses), batch.job.company_id.id],
        )
        return dict(self.env.cr.fetchall())

    def _own_partners(self):
        users = self.env["res.users"].with_context(active_test=False)
        return set(users.search([("share", "=", False)]).partner_id.ids)

    def _derive_author(self, batch, item, creator):
        """Take the author that is named, else who sent it, else who made the record."""
        authors, partners = batch.cache["authors"], batch.cache["partners"]
        vals = item.vals
        author_id, address = False, vals.get("email_from")
        for model, res_id in self._look_up_all(batch, item, "@author"):
            if model == "res.users":
                author_id, own = authors.get(res_id) or self._author(batch, res_id)
                address = address or own
            elif model == "res.partner":
                author_id = res_id
        sender = next(iter(self._parties(item, "from")), None)
        if sender and not address:
            address = formataddr((sender.get("name") or "", sender["email"]))
        if not author_id and address:
            author_id = partners.get(email_normalize(address) or "", False)
        if not author_id and not address and creator:
            author_id, address = authors.get(creator) or self._author(batch, creator)
        if author_id and not address:
            address = self._address_of(self.env["res.partner"].browse(author_id))
        vals["author_id"], vals["email_from"] = author_id, address or False
        vals.setdefault("reply_to", address or False)
        vals.setdefault("message_id", name_message(batch, *item.key))

    def _author(self, batch, user_id):
        partner = self.env["res.users"].browse(user_id).partner_id
        found = (partner.id, self._address_of(partner))
        batch.cache["authors"][user_id] = found
        return found

    def _parties(self, item, *roles):
        return [
            party
            for party in item.targets.get("@addresses") or []
            if party.get("email") and (party.get("role") or "to") in roles
        ]

    def _derive_recipients(self, batch, item):
        """Recipients that are contacts as such, the others by their address."""
        partners = batch.cache["partners"]
        ids = [
            res_id if model == "res.partner" else self._author(batch, res_id)[0]
            for model, res_id in self._look_up_all(batch, item, "@partners")
            if model in ("res.partner", "res.users")
        ]
        for name, roles in (
            ("incoming_email_to", ("to",)),
            ("incoming_email_cc", ("cc", "bcc")),
        ):
            parties = self._parties(item, *roles)
            ids += [
                partners[email]
                for party in parties
                if (email := email_normalize(party["email"])) in partners
            ]
            if parties:
                item.vals[name] = ", ".join(
                    formataddr((party.get("name") or "", party["email"]))
                    for party in parties
                )
        item.vals["partner_ids"] = list(dict.fromkeys(ids))
        item.vals["attachment_ids"] = [
            res_id
            for model, res_id in self._look_up_all(batch, item, "@files")
            if model == "ir.attachment"
        ]
