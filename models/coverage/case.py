"""One staging record beside what Odoo holds of it."""

from .alike import fold, has_text, read_numbers
from .probe import FIELD, NOTE_FIELDS

MARGIN = 1
"""Seconds after the load from which a change is a person's work."""


class Part:
    """One Odoo record that a staging record became."""

    def __init__(self, case, record, row):
        self.case, self.record = case, record
        self.outcome, self.watermark = row["outcome"], row["watermark"]
        self.extras = row["extras"] or {}
        self.name = row["part"]
        self._folded = {}

    def folded(self, name):
        """Return a text field as it is compared."""
        if name not in self._folded:
            self._folded[name] = fold(self.record[name] or "")
        return self._folded[name]

    def is_worked_on(self):
        """Tell whether the record was changed after the load left it."""
        if not self.watermark:
            return False
        later = (self.record.write_date - self.watermark).total_seconds()
        return later > MARGIN

    def bearer_pairs(self):
        """Return {(model, id)} of what the record hangs on."""
        record, fields = self.record, self.record._fields
        pairs = set()
        for model_name, id_name in (("model", "res_id"), ("res_model", "res_id")):
            if model_name in fields and id_name in fields and record[id_name]:
                pairs.add((record[model_name], record[id_name]))
        if "opportunity_id" in fields and record.opportunity_id:
            pairs.add(("crm.lead", record.opportunity_id.id))
        return pairs

    def bearers(self):
        found = {}
        for model, res_id in self.bearer_pairs():
            found.setdefault(model, []).append(res_id)
        return found

    def linked_from(self):
        """Return {(model, id)} of the records on which a note links to this one."""
        return {
            (message.model, message.res_id)
            for message in self.case.extra_messages()
            if message.res_id
        }

    def people(self):
        """Return the partners that have to do with the record."""
        record, fields = self.record, self.record._fields
        partners = record.env["res.partner"]
        for name in ("partner_ids", "author_id", "partner_id"):
            if name in fields and fields[name].comodel_name == "res.partner":
                partners |= record[name]
        for name in ("user_id", "create_uid"):
            if name in fields and record[name]:
                partners |= record[name].partner_id
        return partners

    def addresses(self):
        """Return folded texts in which somebody may be named."""
        record, fields = self.record, self.record._fields
        texts = [
            fold(record[name] or "")
            for name in ("email_from", "incoming_email_to", "incoming_email_cc")
            if name in fields
        ]
        people = self.people()
        texts += [fold(p.email or "") for p in people] + [fold(p.name or "") for p in people]
        return texts

    def all_texts(self):
        """Return every text of the record that was read for this verification."""
        record = self.record
        names = self.case.look.names_of(record._name)
        texts = [
            self.folded(name)
            for name in names
            if record._fields[name].type in ("char", "text", "html")
        ]
        return [*texts, *self.addresses()]


class Case:
    """A staging record, its payload and its parts, for the probes to look at."""

    def __init__(self, look, row):
        self.look, self.row, self.payload = look, row, row["payload"]
        self.parts, self._notes, self._extras = {}, None, None

    def add_part(self, mapping_id, record, row):
        self.parts[mapping_id] = Part(self, record, row)

    def extra_messages(self):
        """Return the messages that came of it besides its records."""
        if self._extras is None:
            ids = [
                res_id
                for part in self.parts.values()
                for res_id in part.extras.get("mail.message", ())
            ]
            self._extras = self.look.messages.browse(ids)
        return self._extras

    def notes(self):
        """Return, folded, all notes of its records and the messages that came of it."""
        if self._notes is None:
            pieces = []
            for part in self.parts.values():
                fields = part.record._fields
                pieces += [part.folded(n) for n in NOTE_FIELDS if n in fields]
            for message in self.extra_messages():
                pieces.append(fold(message.body or ""))
                pieces.append(fold(message.subject or ""))
            self._notes = " \n ".join(filter(None, pieces))
        return self._notes

    def amounts(self, part):
        """Return the payload's own amounts: what a line takes for the expected revenue."""
        return self.look.plan.amounts_of(self.payload)

    def converted_amount(self, probe, value, found, part):
        """Say whether a foreign amount was converted: the original is in the notes."""
        if probe.name != "expected_revenue" or not found:
            return None
        for number in read_numbers(value):
            texts = {f"{number:.2f}", f"{number:.0f}", f"{number:,.2f}"}
            if any(has_text(text, self.notes()) for text in texts):
                return FIELD
        return None

    def label_of(self, part, name, found):
        """Return the folded label of a choice."""
        return self.look.choice_label(part.record._name, name, found)
