"""Notes, e-mails and calls, in the order of their dates in the chatter."""

import base64
import binascii
import re

from markupsafe import Markup, escape

from odoo import models
from odoo.tools import email_normalize, formataddr

from .batch import Refused
from .message_insert import sanitize_body

KINDS = {
    # kind: (message type, subtype, internal)
    "note": ("comment", "mail.mt_note", True),
    "call": ("comment", "mail.mt_note", True),
    "email": ("email", "mail.mt_comment", False),
    "comment": ("comment", "mail.mt_comment", False),
}
_PICTURE = re.compile(
    r"(src=[\"'])data:(image/[a-z0-9.+-]+);base64,([^\"']*)([\"'])", re.IGNORECASE
)


class CrmMigrationLoaderMailMessage(models.AbstractModel):
    """Insert messages with SQL: they have no business logic, and there are most of them.

    The record they hang on is the first of ``@thread`` that was loaded; the others
    get one short note with a link.
    """

    _name = "crm.migration.loader.mail.message"
    _description = "Migration Loader: Messages"
    _inherit = ["crm.migration.message.insert", "crm.migration.loader"]

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

    # -- values ----------------------------------------------------------------

    def _note_field(self, batch):
        return "body"

    def _derive(self, batch, item):
        vals = item.vals
        kind = self._kind(batch, item)
        message_type, subtype, internal = KINDS[kind]
        created, changed, author, editor = self._origin(batch, item)
        date = vals.get("date") or created or changed or batch.env.cr.now()
        vals["date"] = date.replace(microsecond=0)
        if not (vals["date"] and (item.targets.get("date") or created or changed)):
            item.guessed |= {"date", "create_date", "write_date"}
        self._derive_author(batch, item, author)
        if kind == "email" and vals.get("author_id") in batch.once(
            "own", lambda: self._own_partners()
        ):
            message_type = "comment"  # one of us wrote it: it went out
        vals.setdefault("message_type", message_type)
        vals.setdefault("subtype_id", self._ref(batch, subtype))
        vals.setdefault("is_internal", internal)
        if kind == "call":
            call = self._ref(batch, "mail.mail_activity_data_call")
            vals.setdefault("mail_activity_type_id", call)
            self._derive_call(batch, item)
        self._derive_recipients(batch, item)
        vals.update(
            create_date=created or date,
            write_date=changed or created or date,
            create_uid=author or self.env.uid,
            write_uid=editor or author or self.env.uid,
        )

    def _kind(self, batch, item):
        value = item.targets.get("@subtype") or "note"
        if isinstance(value, dict):
            value = self._look_up(batch, item, "@subtype", value) or "note"
        if value not in KINDS:
            raise Refused("not_a_choice", "@subtype", value)
        return value

    def _ref(self, batch, xmlid):
        data = self.env["ir.model.data"]
        return batch.once(xmlid, lambda: data._xmlid_to_res_id(xmlid) or False)

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
        vals.setdefault(
            "message_id",
            f"<migration-{batch.job.id}-{item.key[0]}-{item.key[1]}@{self.env.cr.dbname}>",
        )

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

    def _derive_call(self, batch, item):
        hours = item.targets.get("@duration")
        if hours:
            minutes = round(self._check_float(batch, "@duration", None, hours) * 60)
            text = self.env._("Duration: %(minutes)s min", minutes=minutes)
            item.notes.append(Markup("<p>%s</p>") % text)

    def _complete(self, batch, item):
        threads = self._look_up_all(batch, item, "@thread")
        threads = [
            (model, res_id)
            for model, res_id in threads
            if "message_ids" in self.env[model]._fields
        ]
        if not threads:
            raise Refused("no_thread", "@thread")
        item.threads = threads
        item.vals["model"], item.vals["res_id"] = threads[0]

    # -- writing ---------------------------------------------------------------

    def _create_records(self, batch, items):
        specs = []
        for item in items:
            spec = dict(item.vals)
            spec["body"] = self._clean_body(batch, item, spec)
            specs.append(spec)
        return self._insert(batch, specs)

    def _clean_body(self, batch, item, spec):
        body = spec.get("body") or ""
        if "base64," in body:
            body = self._take_out_pictures(batch, item, spec, str(body))
        return sanitize_body(body)

    def _take_out_pictures(self, batch, item, spec, body):
        """Make attachments of pictures within the text; what is damaged is reported."""

        def replace(match):
            before, mimetype, data, quote = match.groups()
            try:
                raw = base64.b64decode(re.sub(r"\s", "", data), validate=True)
            except binascii.Error:
                item.report("broken_picture", field="body")
                return f"{before}{quote}"
            attachment = self.env["ir.attachment"].create(
                {
                    "name": f"image{len(item.extras.get('ir.attachment', []))}",
                    "raw": raw,
                    "mimetype": mimetype.lower(),
                    "res_model": spec["model"],
                    "res_id": spec["res_id"],
                }
            )
            token = attachment.generate_access_token()[0]
            item.extras.setdefault("ir.attachment", []).append(attachment.id)
            spec["attachment_ids"] = [
                *(spec.get("attachment_ids") or ()),
                attachment.id,
            ]
            return f"{before}/web/image/{attachment.id}?access_token={token}{quote}"

        return _PICTURE.sub(replace, body)

    def _after_create(self, batch, items):
        """Leave one short note on each other record a message belongs to."""
        links = [
            (item, model, res_id)
            for item in items
            for model, res_id in item.threads[1:]
            if (model, res_id) != item.threads[0]
        ]
        if not links:
            return
        names = self._thread_names({item.threads[0] for item, _model, _id in links})
        ids = self._insert(
            batch, [self._link_note(batch, item, m, r, names) for item, m, r in links]
        )
        for (item, _model, _res_id), message_id in zip(links, ids, strict=True):
            item.extras.setdefault("mail.message", []).append(message_id)

    def _thread_names(self, threads):
        names = {}
        for model in {model for model, _res_id in threads}:
            ids = [res_id for name, res_id in threads if name == model]
            for record in self.env[model].browse(ids):
                names[model, record.id] = record.display_name
        return names

    def _link_note(self, batch, item, model, res_id, names):
        home, home_id = item.threads[0]
        vals = item.vals
        link = Markup('<a href="#" data-oe-model="%s" data-oe-id="%s">%s</a>') % (
            home,
            home_id,
            names[home, home_id],
        )
        title = vals.get("subject") or self.env._("A message")
        text = self.env._("%(title)s – see %(link)s", title=escape(title), link=link)
        return {
            "model": model,
            "res_id": res_id,
            "date": vals["date"],
            "body": sanitize_body(Markup("<p>%s</p>") % Markup(text)),
            "message_type": "comment",
            "subtype_id": self._ref(batch, "mail.mt_note"),
            "is_internal": True,
            "author_id": vals["author_id"],
            "email_from": vals["email_from"],
            "reply_to": vals.get("reply_to"),
            "message_id": f"{vals['message_id'].rstrip('>')}-{model}-{res_id}>",
            "create_uid": vals["create_uid"],
        }

    def _stamp(self, batch, items, created=True):
        """Dates and authors went in with the row."""
        if not created:
            super()._stamp(batch, items, created)
