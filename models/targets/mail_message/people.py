"""Who wrote a message and who got it: users, contacts, or only an address."""

from odoo import models
from odoo.tools import email_normalize, formataddr

from ....connectors.mapping.parties import people_of
from ...loading.chatter_order import name_message
from ..lookup_list import fold_name


def read_sender(text):
    """Return (name, address) of whom a text names first; commas in names, quoted or not.

    >>> read_sender("Silva, Ana <a@b.c>"), read_sender("a@b.c"), read_sender("")
    (('Silva, Ana', 'a@b.c'), ('', 'a@b.c'), ('', ''))
    """
    return next((pair for pair in people_of(text) if "@" in pair[1]), ("", ""))


class CrmMigrationTargetMailMessagePeople(models.AbstractModel):
    _name = "crm.migration.target.mail.message.people"
    _description = "Migration: Target Mail Message People"

    def _collect(self, batch):
        super()._collect(batch)
        batch.cache["partners"] = self._partners_by_email(
            batch, self._list_addresses(batch)
        )
        self._fetch_authors(batch)

    def _list_addresses(self, batch):
        """Return the normalized addresses of all people, also of what was loaded before."""
        written = set()
        for item in batch.items:
            for each in filter(None, (item, item.loaded)):
                written.add(each.targets.get("email_from"))
                parties = each.targets.get("@addresses") or []
                written.update(party.get("email") for party in parties)
        return {email for each in written if (email := email_normalize(each or ""))}

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
            {
                *people,
                *(each[0] for f in batch.cache["partners"].values() for each in f),
            }
        )
        partners.fetch(["name", "email"])

    def _address_of(self, partner):
        """Return what stands in *From*; without an address at least the name."""
        if partner.email:
            return partner.email_formatted
        return partner.name or False

    def _partners_by_email(self, batch, addresses):
        """Return normalized address → [(partner, folded name, is one of us)]."""
        if not addresses:
            return {}
        self.env.cr.execute(
            """
            SELECT email_normalized, id, COALESCE(name, ''),
                   partner_share IS FALSE
              FROM res_partner
             WHERE email_normalized = ANY(%s) AND active
               AND (company_id IS NULL OR company_id = ANY(%s))
             ORDER BY email_normalized, id
            """,
            [list(addresses), batch.job.company_id.parent_ids.ids],
        )
        found = {}
        for address, res_id, name, ours in self.env.cr.fetchall():
            found.setdefault(address, []).append((res_id, fold_name(name), ours))
        former = self._partners_by_former_email(batch, addresses - found.keys())
        return {**former, **found}

    def _partners_by_former_email(self, batch, addresses):
        """Return the same by addresses that contacts had when they were loaded first.

        Nobody has them now; old mails still name them.
        """
        if not addresses:
            return {}
        self.env.cr.execute(
            """
            SELECT address, min(partner.id), min(partner.name),
                   bool_or(partner.partner_share IS FALSE)
              FROM unnest(%s) AS address
              JOIN crm_migration_id_map AS map
                ON map.job_id = ANY(%s) AND map.former_names IS NOT NULL
               AND map.former_names ? address AND map.res_model = 'res.partner'
              JOIN res_partner AS partner ON partner.id = map.res_id AND partner.active
             GROUP BY address HAVING count(DISTINCT partner.id) = 1
            """,
            [list(addresses), batch.job._get_lineage().ids],
        )
        return {
            address: [(res_id, fold_name(name or ""), ours)]
            for address, res_id, name, ours in self.env.cr.fetchall()
        }

    def _partner_at(self, batch, item, address, name=None):
        """Return the contact who has an address, by name where several share it.

        Where the name does not tell them apart it is nobody; the address stays written.
        """
        email = email_normalize(address or "")
        found = batch.cache["partners"].get(email) or []
        if len(found) > 1:
            named = [each for each in found if name and each[1] == fold_name(name)]
            if len(named) > 1:
                # A user who was a contact of the source as well is one person.
                named = [each for each in named if each[2]]
            if len(named) != 1:
                self._report_shared(item, email, len(found))
                return False
            found = named
        return found[0][0] if found else False

    def _look_up_addressed(self, batch, item):
        """Return the contacts among whom a mail went, none of our own people."""
        sender = item.targets.get("email_from") or item.vals.get("email_from") or ""
        name, address = read_sender(sender)
        parties = [{"name": name, "email": address}]
        parties += self._parties(item, "from", "to", "cc")
        found = [
            self._partner_at(batch, item, party["email"], party.get("name"))
            for party in parties
            if party["email"]
        ]
        own = batch.once("own", self._own_partners)
        ids = [res_id for res_id in found if res_id and res_id not in own]
        return [("res.partner", res_id) for res_id in dict.fromkeys(ids)]

    def _report_shared(self, item, email, count):
        told = [p["value"] for p in item.problems if p["code"] == "address_shared"]
        if email not in told:
            item.report("address_shared", "info", "@addresses", email, count=count)

    def _own_partners(self):
        users = self.env["res.users"].with_context(active_test=False)
        return set(users.search([("share", "=", False)]).partner_id.ids)

    def _derive_author(self, batch, item, creator):
        """Take the author that is named, else who sent it, else who made the record."""
        authors, vals = batch.cache["authors"], item.vals
        sender = next(iter(self._parties(item, "from")), None)
        author_id, address, reply_to = False, vals.get("email_from"), False
        if sender and not address:
            # As it was sent: a colleague may have another address in Odoo.
            address = formataddr((sender.get("name") or "", sender["email"]))
        for model, res_id in self._look_up_all(batch, item, "@author"):
            if model == "res.users":
                author_id, own = authors.get(res_id) or self._author(batch, res_id)
                address, reply_to = address or own, own
            elif model == "res.partner":
                author_id = res_id
        if not author_id and address:
            name = (sender or {}).get("name") or read_sender(address)[0]
            author_id = self._partner_at(batch, item, address, name)
        if not author_id and not address and creator:
            author_id, address = authors.get(creator) or self._author(batch, creator)
        if author_id and not address:
            address = self._address_of(self.env["res.partner"].browse(author_id))
        vals["author_id"], vals["email_from"] = author_id, address or False
        vals.setdefault("reply_to", reply_to or address or False)
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

    def _as_partner(self, batch, model, res_id):
        """Return whom a record stands for: of a note, the customer of what it hangs on."""
        model, res_id = self._get_bearer(batch, model, res_id)
        if model == "res.partner":
            return res_id
        if model == "res.users":
            return self._author(batch, res_id)[0]
        if model == "crm.lead":
            return self.env["crm.lead"].browse(res_id).partner_id.id
        return False

    def _derive_recipients(self, batch, item):
        """Recipients that are contacts as such, the others by their address."""
        ids = [
            partner_id
            for found in self._look_up_all(batch, item, "@partners")
            if (partner_id := self._as_partner(batch, *found))
        ]
        for name, roles in (
            ("incoming_email_to", ("to",)),
            ("incoming_email_cc", ("cc", "bcc")),
        ):
            parties = self._parties(item, *roles)
            found = [
                self._partner_at(batch, item, party["email"], party.get("name"))
                for party in parties
            ]
            ids += [res_id for res_id in found if res_id]
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
