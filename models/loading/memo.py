"""What a record has no field for: an internal note in its chatter."""

from markupsafe import Markup

from odoo import models

from ..words.note_text import join_markup
from .chatter_ids import name_message
from .sanitize import sanitize_body


class CrmMigrationLoadingMemo(models.AbstractModel):
    """For a target without internal notes, or whose notes the customer reads."""

    _name = "crm.migration.loading.memo"
    _description = "Migration: Loading Memo"

    def _add_notes(self, batch, item):
        note = item.targets.get("@note")
        pieces = [Markup(self._as_text(note))] if note else []
        pieces += [*item.notes, *self._write_leftovers(item), *item.further]
        item.memo = str(sanitize_body(join_markup(pieces))) if pieces else ""

    def _note_field(self, batch):
        """Return where notes are kept; that there are any is all that is asked."""
        return super()._note_field(batch) or "message_ids"

    def _see_notes(self, batch, item, record):
        """What is merged with a record that was there leaves no note on it."""
        item.keeps_notes = False

    def _after_create(self, batch, items):
        super()._after_create(batch, items)
        self._insert_memos(batch, [item for item in items if item.memo])

    def _update(self, batch, items):
        super()._update(batch, items)
        found, new = self._fetch_memos(batch, items), []
        for item in items:
            memo = getattr(item, "memo", "")
            message, body = found.get(self._name_memo(batch, item), (None, ""))
            then = getattr(item.loaded, "memo", None)
            if memo == body or (message and then not in (None, body)):
                continue  # a person has written something else
            if not message:
                new.append(item)
            elif memo:
                self.env["mail.message"].browse(message).body = memo
            else:
                self.env["mail.message"].browse(message).unlink()
        self._insert_memos(batch, new)
        self._write_links(batch, [item for item in new if item.extras])

    def _insert_memos(self, batch, items):
        if not items:
            return
        messages = self.env["crm.migration.target.mail.message"]
        ids = messages._insert(batch, [self._as_memo(batch, item) for item in items])
        for item, message_id in zip(items, ids, strict=True):
            item.add_extra("mail.message", message_id)

    def _as_memo(self, batch, item):
        created, _changed, author, _editor = self._origin(batch, item)
        user = self.env["res.users"].browse(author or self.env.uid)
        date = created or item.vals.get("date_order") or batch.env.cr.now()
        return {
            "model": batch.model_name,
            "res_id": item.res_id,
            "body": item.memo,
            "date": date.replace(microsecond=0),
            "message_type": "comment",
            "subtype_id": batch.once(
                "note",
                lambda: self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note"),
            ),
            "is_internal": True,
            "author_id": user.partner_id.id,
            "email_from": user.partner_id.email_formatted or False,
            "message_id": self._name_memo(batch, item),
            "create_uid": user.id,
        }

    def _name_memo(self, batch, item):
        return name_message(batch, *item.key, item.part, "memo")

    def _fetch_memos(self, batch, items):
        """Return Message-Id → (id, body) of the notes that are there."""
        names = [self._name_memo(batch, item) for item in items]
        self.env["mail.message"].flush_model(["body"])
        self.env.cr.execute(
            "SELECT message_id, id, body FROM mail_message WHERE message_id = ANY(%s)",
            [names],
        )
        return {
            name: (res_id, body or "") for name, res_id, body in self.env.cr.fetchall()
        }

    def _compare_more(self, batch, item, record):
        yield from super()._compare_more(batch, item, record)
        if not getattr(item, "memo", "") or item.mapped["outcome"] != "created":
            return
        found = batch.once("memos", lambda: self._fetch_memos(batch, batch.items))
        _id, body = found.get(self._name_memo(batch, item), (None, ""))
        yield "@note", item.memo, body
