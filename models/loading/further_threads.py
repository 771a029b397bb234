"""What belongs to several records hangs on the first; the others say so in a short note."""

from markupsafe import Markup, escape

from odoo import models

from ..odoo.sanitize import sanitize_body
from .chatter_order import name_message


class CrmMigrationLoadingFurtherThreads(models.AbstractModel):
    """For messages, activities and meetings: whatever has ``@thread``."""

    _name = "crm.migration.loading.further.threads"
    _description = "Migration: Loading Further Threads"

    def _others(self, batch, item):
        """Return (model, id) of the records with a chatter that need a note."""
        if item.threads == [item.home]:
            return []
        return [
            (model, res_id)
            for model, res_id in dict.fromkeys(item.threads)
            if res_id
            and (model, res_id) != item.home
            and "message_ids" in self.env[model]._fields
        ]

    def _tell_others(self, batch, items):
        """Leave a note where none is yet; a rollback takes it back."""
        links = [
            (item, *other) for item in items for other in self._others(batch, item)
        ]
        told = self._find_told(batch, links)
        links = [link for link in links if self._note_id(batch, *link) not in told]
        if not links:
            return
        names = self._name_threads({self._shown_at(item) for item, *_other in links})
        messages = self.env["crm.migration.target.mail.message"]
        ids = messages._insert(
            batch, [self._note_for(batch, *link, names) for link in links]
        )
        for (item, *_other), message_id in zip(links, ids, strict=True):
            item.add_extra("mail.message", message_id)

    def _tell_new_others(self, batch, items):
        """The same for records that were loaded before: links may have come since."""
        self._renew_others(batch, [item for item in items if not item.is_touched])
        told = [item for item in items if item.threads]
        self._tell_others(batch, told)
        self._write_links(batch, [item for item in told if item.extras])

    def _renew_others(self, batch, items):
        """Let the notes say what it is called by now, and go where it left a record."""
        links, gone = [], set()
        for item in items:
            now = self._others(batch, item)
            links += [(item, *other) for other in now]
            then = self._others(batch, item.loaded) if item.loaded else ()
            gone |= {(item, *other) for other in then if other not in now}
        told = self._find_told(batch, [*links, *gone])
        links = [link for link in links if self._note_id(batch, *link) in told]
        names = self._name_threads({self._shown_at(item) for item, *_other in links})
        self._renew_messages([self._note_for(batch, *link, names) for link in links])
        kept = self._find_vanished(
            batch, {(name, res_id) for _item, name, res_id in gone}
        )
        gone = {self._note_id(batch, *link) for link in gone if link[1:] not in kept}
        self._remove_messages(gone & told)

    def _find_told(self, batch, links):
        """Return the names of those notes that are there."""
        wanted = [self._note_id(batch, *link) for link in links]
        if not wanted:
            return set()
        self.env.cr.execute(
            "SELECT message_id FROM mail_message WHERE message_id = ANY(%s)", [wanted]
        )
        return {name for (name,) in self.env.cr.fetchall()}

    def _note_id(self, batch, item, model, res_id):
        return name_message(batch, *item.key, model, res_id)

    def _shown_at(self, item):
        """Return (model, id) of the record where people see it."""
        return item.home

    def _name_threads(self, threads):
        """Return (model, id) → name, one query per model."""
        names = {}
        for model in {model for model, _res_id in threads}:
            ids = [res_id for name, res_id in threads if name == model]
            for record in self.env[model].browse(ids):
                names[model, record.id] = record.display_name
        return names

    def _note_for(self, batch, item, model, res_id, names):
        home, home_id = self._shown_at(item)
        link = Markup('<a href="#" data-oe-model="%s" data-oe-id="%s">%s</a>') % (
            home,
            home_id,
            names[home, home_id],
        )
        title = escape(self._title_of(batch, item))
        text = self.env._("%(title)s – see %(link)s", title=title, link=link)
        note = batch.once("mail.mt_note", lambda: self._id_of("mail.mt_note"))
        return {
            "model": model,
            "res_id": res_id,
            "body": sanitize_body(Markup("<p>%s</p>") % Markup(text)),
            "message_type": "comment",
            "subtype_id": note,
            "is_internal": True,
            "message_id": self._note_id(batch, item, model, res_id),
            **self._signature_of(batch, item),
        }

    def _id_of(self, xmlid):
        return self.env["ir.model.data"]._xmlid_to_res_id(xmlid) or False

    def _title_of(self, batch, item):
        """Return what the note calls it: the name of its record."""
        return batch.model.browse(item.res_id).display_name or self.env._("A record")

    def _signature_of(self, batch, item):
        """Return when and by whom the note was written: as the record itself."""
        made, _changed, author, _editor = self._origin(batch, item)
        user_id = author or item.vals.get("user_id") or self.env.uid
        partner = self.env["res.users"].browse(user_id).partner_id
        address = partner.email_formatted if partner.email else partner.name
        return {
            "date": made or batch.env.cr.now().replace(microsecond=0),
            "author_id": partner.id,
            "email_from": address,
            "reply_to": address if partner.email else False,
            "create_uid": user_id,
        }

    # -- verification ----------------------------------------------------------

    def _compare_others(self, batch, item):
        """Yield (name, expected, found) of the notes on the other records."""
        others = self._others(batch, item)
        if item.mapped["outcome"] != "created" or item.deferred or not others:
            return
        told = batch.once("told", lambda: self._find_told_of(batch))
        for model, res_id in others:
            name = self._browse_linked(batch, model, res_id).display_name
            there = self._note_id(batch, item, model, res_id) in told
            yield "@thread", name, name if there else False

    def _find_told_of(self, batch):
        return self._find_told(
            batch,
            [
                (item, *other)
                for item in batch.items
                for other in self._others(batch, item)
            ],
        )
