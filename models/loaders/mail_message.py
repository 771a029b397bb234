"""Notes, e-mails and calls, in the order of their dates in the chatter."""

import base64
import binascii
import re

from markupsafe import Markup, escape

from odoo import models

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
            self._leave_out(batch, item, "@subtype", value)
            return "note"
        return value

    def _ref(self, batch, xmlid):
        data = self.env["ir.model.data"]
        return batch.once(xmlid, lambda: data._xmlid_to_res_id(xmlid) or False)

    def _derive_call(self, batch, item):
        if hours := self._hours(batch, item):
            minutes = round(hours * 60)
            text = self.env._("Duration: %(minutes)s min", minutes=minutes)
            item.notes.append(Markup("<p>%s</p>") % text)

    def _complete(self, batch, item):
        threads = self._look_up_threads(batch, item)
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
            item.add_extra("ir.attachment", attachment.id)
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
            item.add_extra("mail.message", message_id)

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

    def _link_target(self, batch, item, target):
        """Place files, recipients, an author or other parents that came later."""
        found = self._look_up_all(batch, item, target)
        message = batch.model.browse(item.res_id)
        partners = [res_id for model, res_id in found if model == "res.partner"]
        if target == "@files":
            files = [res_id for model, res_id in found if model == "ir.attachment"]
            self._relate("attachment_ids", [(message.id, file) for file in files])
        elif target == "@partners":
            self._relate("partner_ids", [(message.id, each) for each in partners])
        elif target == "@author" and partners and not message.author_id:
            message.author_id = partners[0]
        elif target == "@thread":
            home = (message.model, message.res_id)
            item.threads = [home, *(each for each in found if each != home)]
            names = ("subject", "date", "email_from", "reply_to", "message_id")
            item.vals = {
                **{name: message[name] for name in names},
                "author_id": message.author_id.id,
                "create_uid": message.create_uid.id,
            }
            self._after_create(batch, [item])
            item.vals = {}
        message.invalidate_recordset(flush=False)
