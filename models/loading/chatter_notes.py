"""What has no field, where a model has no notes: an internal note in its chatter.

The only long text of an invoice or a quotation is printed on it, for the customer.
"""

from markupsafe import Markup

from odoo import models

from ..odoo.sanitize import sanitize_body
from ..words.note_text import join_markup
from .chatter_order import name_message

OWN_NOTE = "notes"


class CrmMigrationLoadingChatterNotes(models.AbstractModel):
    """For targets with ``_notes_in_chatter``; the note goes with its record."""

    _name = "crm.migration.loading.chatter.notes"
    _description = "Migration: Loading Chatter Notes"
    _notes_in_chatter = False
    """What has no field becomes a note in the chatter of the record."""

    def _has_notes(self, batch):
        """Tell whether what has no field has a place with the record."""
        return self._notes_in_chatter or bool(self._note_field(batch))

    def _chatter_note(self, item):
        """Return the note as markup, empty where there is nothing to note."""
        note = item.targets.get("@note")
        pieces = [Markup(self._as_text(note))] if note else []
        pieces += [*item.notes, *self._write_leftovers(item), *item.further]
        return sanitize_body(join_markup(pieces)) if pieces else ""

    def _leave_notes(self, batch, items):
        """Leave the notes of new records, in one statement."""
        if not self._notes_in_chatter:
            return
        noted = [(item, body) for item in items if (body := self._chatter_note(item))]
        if not noted:
            return
        messages = self.env["crm.migration.target.mail.message"]
        subtype = batch.once("mail.mt_note", lambda: self._id_of("mail.mt_note"))
        ids = messages._insert(
            batch,
            [
                {
                    "model": batch.model_name,
                    "res_id": item.res_id,
                    "body": body,
                    "message_type": "comment",
                    "subtype_id": subtype,
                    "is_internal": True,
                    "message_id": self._name_note(batch, item),
                    **self._signature_of(batch, item),
                }
                for item, body in noted
            ],
        )
        for (item, _body), message_id in zip(noted, ids, strict=True):
            item.add_extra("mail.message", message_id)

    def _renew_notes(self, batch, items):
        """Bring the notes of records up to date that were loaded before."""
        if not self._notes_in_chatter:
            return
        there = self._find_notes(batch, items)
        new = [item for item in items if item not in there]
        self._leave_notes(batch, new)
        self._write_links(batch, [item for item in new if item.extras])
        for item, known in there.items():
            body, body_then = str(self._chatter_note(item)), str(known.body or "")
            then = str(self._chatter_note(item.loaded)) if item.loaded else body_then
            if body == body_then or body_then != then:
                continue  # the same, or a person has written something else
            if body:
                self._replace_body(known, body)
            else:
                known.unlink()

    def _replace_body(self, message, body):
        """Write a text by SQL, as it was written: nobody edited it."""
        self.env.cr.execute(
            "UPDATE mail_message SET body = %s WHERE id = %s", [body, message.id]
        )
        message.invalidate_recordset(["body"], flush=False)

    def _name_note(self, batch, item):
        return name_message(batch, *item.key, item.part, OWN_NOTE)

    def _find_notes(self, batch, items):
        """Return item → the note that was left for it."""
        names = {self._name_note(batch, item): item for item in items}
        found = self.env["mail.message"].search([("message_id", "in", list(names))])
        return {names[message.message_id]: message for message in found}

    def _compare_notes(self, batch, item):
        """Yield the note of a record that this migration created."""
        if not self._notes_in_chatter or item.mapped["outcome"] != "created":
            return
        notes = batch.once("notes", lambda: self._find_notes(batch, batch.items))
        if body := self._chatter_note(item):
            found = str(notes[item].body) if item in notes else ""
            yield "@note", body, found
