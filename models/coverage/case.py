"""One staging record beside what Odoo holds of it."""

import itertools
import re

from ...connectors.mapping.apply import get_value
from .alike import fold, has_text, read_numbers
from .notes import Notes
from .probe import NOTE_FIELDS, zone_named
from .verdicts import FIELD, LEFT_OUT, NOTES

_IDS = re.compile(r"[;,|\s]+")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
PRICES = ("list_price", "standard_price")
"""Amounts of the company's currency that Odoo keeps as plain numbers."""

_LINK = re.compile(r'data-oe-model="([\w.]+)" data-oe-id="(\d+)"')
MARGIN = 1
"""Seconds after the load from which a change is a person's work."""


def own_links(env, fields):
    """Return the names of the links by which a record of a model hangs on others.

    One that names the model of what it belongs to has, beside that, its opportunity
    alone. Of any other, such as a phone call, each link to what has a chatter counts.

    :param fields: name → field of Odoo
    """
    names = [
        name
        for name, field in fields.items()
        if field.type == "many2one"
        and field.store
        and "message_ids" in env[field.comodel_name]._fields
    ]
    if "res_id" in fields:
        return [name for name in names if name == "opportunity_id"]
    return names


class Part:
    """One Odoo record that a staging record became."""

    def __init__(self, case, mapping_id, record, row):
        self.case, self.mapping_id, self.record = case, mapping_id, record
        self.loaded_at, self.archived_at = row["loaded_at"], row["archived_at"]
        self.outcome, self.watermark = row["outcome"], row["watermark"]
        self.extras = row["extras"] or {}
        self.name, self.run_id = row["part"], row["run_id"]
        self._folded = {}
        self.texts = case.look.texts_of(record)
        """Name → text of the stored texts that were read, filled or not."""

    def folded(self, name):
        """Return a text field as it is compared."""
        folded = self._folded.get(name)
        if folded is None:
            folded = self._folded[name] = fold(self.text(name) or "")
        return folded

    def text(self, name):
        """Return what a field holds, without asking the record where it is a text."""
        texts = self.texts
        return texts[name] if name in texts else self.record[name]

    def is_of_earlier_reading(self):
        """Tell whether it was loaded before the source was read last."""
        began = self.case.look.job.reading_run_id.id
        return bool(began and self.run_id and self.run_id < began)

    def is_worked_on(self):
        """Tell whether the record was changed after the load left it."""
        if not self.watermark or not self.record.write_date:
            return False
        later = (self.record.write_date - self.watermark).total_seconds()
        # What the source is ahead of is dated back by who works on it.
        is_since = self.record.write_date >= self.case.look.job.create_date
        return later > MARGIN or (later < -MARGIN and is_since)

    def bearer_pairs(self):
        """Return {(model, id)} of what the record hangs on."""
        record, fields = self.record, self.record._fields
        pairs = set()
        for model_name, id_name in (("model", "res_id"), ("res_model", "res_id")):
            if model_name in fields and id_name in fields and record[id_name]:
                pairs.add((record[model_name], record[id_name]))
        for name in self.case.look.plan.own_links_of(record.env, record._name):
            if record[name]:
                pairs.add((fields[name].comodel_name, record[name].id))
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
        texts += [fold(p.email or "") for p in people] + [
            fold(p.name or "") for p in people
        ]
        # An old mail names them by the address that they had then.
        texts += [
            text for p in people for text in self.case.look.called("res.partner", p.id)
        ]
        return texts

    def all_texts(self):
        """Return every text of the record that was read for this verification."""
        return [*map(self.folded, self.texts), *self.addresses()]

    # -- what the payload says of it -------------------------------------------

    def _lines(self, *targets):
        return self.case.look.plan.lines_of(self.mapping_id, targets)

    def given(self, *targets):
        """Return (path, value) of the filled values that lines take for these targets."""
        return [
            (path, value)
            for _probe, paths in self._lines(*targets)
            for path in paths
            if (value := get_value(self.case.payload, path)) not in (None, "", [], {})
        ]

    def lists(self, target):
        """Return the names of the lists in which the target's values are decided."""
        return [
            name for probe, _p in self._lines(target) for name in probe.declared.lists
        ]

    def constants(self, target):
        """Tell whether a line gives the target to every record alike."""
        return (self.mapping_id, target) in self.case.look.plan.constants

    def numbers(self):
        """Yield (field, path, value) of what fills fields that hold numbers."""
        yield from (each[:3] for each in self._of_types("float", "monetary", "integer"))

    def amounts(self):
        """Yield (field, path, value) of what fills amounts of money."""
        types = self.record._fields
        for name, path, value in self.numbers():
            if types[name].type == "monetary" or name in PRICES:
                yield name, path, value

    def amount_labels(self):
        """Return the folded labels of amounts, behind which notes have the original."""
        fields = self.record._fields
        return {
            fold(field.string)
            for name, field in fields.items()
            if field.type == "monetary" or name in PRICES
        }

    def days(self):
        """Yield (field, path, value, zone) of what fills fields that hold days."""
        yield from self._of_types("date")

    def _of_types(self, *types):
        plan = self.case.look.plan
        for name, paths, zone in plan.of_types(self.mapping_id, self.record, types):
            for path in paths:
                value = get_value(self.case.payload, path)
                if value not in (None, "", [], {}):
                    yield name, path, value, zone

    def zone_of(self, target):
        for probe, _paths in self._lines(target):
            return probe.declared.zone
        return zone_named(self.case.look.job.tz)

    def link_fields(self):
        return self.case.look.plan.link_fields_of(self.mapping_id, self.record)

    def named_links(self):
        """Yield (target, value, stream, member) of links that are made by a name."""
        for probe, paths in self._lines():
            members = probe.declared.members
            known = self._known_by_id(probe, paths) if members else ()
            for stream, member in members:
                for path in paths if stream not in known else ():
                    value = get_value(self.case.payload, path)
                    if isinstance(value, str) and value.strip():
                        yield probe.target, value, stream, member

    def _known_by_id(self, probe, paths):
        """Return the objects of which the line names a record by its id."""
        found, payload = set(), self.case.payload
        for path in paths:
            value = get_value(payload, path)
            if value not in (None, "", [], {}):
                for pair in probe.wanted_links(value, path, payload):
                    if self.case.look.links.get(pair):
                        found.add(pair[0])
        return found

    def is_linked_by_id(self, target):
        """Tell whether an id in the payload, not a name, leads to what it is linked to."""
        linked = set(self.linked(target))
        for probe, paths in self._lines(target):
            values = (get_value(self.case.payload, path) for path in paths)
            texts = (text for value in values for text in _IDS.split(str(value or "")))
            keys = itertools.product(probe.declared.streams, texts)
            if any(self.case.look.links.get(key) in linked for key in keys):
                return True
        return False

    def linked(self, target):
        """Return [(model, id)] of the records behind a target."""
        if target == "@thread":
            return list(self.bearer_pairs())
        name = {"@author": "author_id", "@partners": "partner_ids"}.get(target, target)
        field = self.record._fields.get(name)
        if field is None or not field.comodel_name:
            return []
        return [(field.comodel_name, res_id) for res_id in self.record[name].ids]


class Case:
    """A staging record, its payload and its parts, for the probes to look at."""

    def __init__(self, look, row):
        self.look, self.row, self.payload = look, row, row["payload"]
        self.parts, self._notes, self._extras, self.derived = {}, None, None, None
        self._raw, self._noted, self._lines, self._said = None, None, None, None
        self.gone = set()
        """Mappings of which the record was there and is not any more."""

    def add_part(self, mapping_id, record, row):
        self.parts[mapping_id] = Part(self, mapping_id, record, row)

    def said(self):
        """Return (member, value, the same folded) of the texts that stand in the payload."""
        if self._said is None:
            self._said = [
                (key, value, fold(value))
                for key, value in self.payload.items()
                if isinstance(value, str)
            ]
        return self._said

    def extra_messages(self):
        """Return the messages that came of it besides its records."""
        if self._extras is None:
            there = set(self.look.messages.ids)  # a person may have deleted some
            ids = [
                res_id
                for part in self.parts.values()
                for res_id in part.extras.get("mail.message", ())
                if res_id in there
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

    def has_noted(self, value, labels):
        """Tell whether the notes have a value under its own label, or for sure elsewhere."""
        return self.note_lines().has(value, labels)

    def note_lines(self):
        """Return the same notes line by line, as ``Notes``."""
        if self._lines is None:
            texts = [
                (str(part.record[name]), part.record._fields[name].type == "html")
                for part in self.parts.values()
                for name in NOTE_FIELDS
                if name in part.record._fields and part.record[name]
            ]
            for message in self.extra_messages():
                texts += [
                    (str(message.body or ""), True),
                    (message.subject or "", False),
                ]
            members = {str(key).casefold() for key in self.payload}
            known = self.look.plan.labels.known | members if texts else ()
            self._lines = Notes(texts, known)
        return self._lines

    def tells_minutes(self, minutes):
        """Tell whether a note says how long it took, as the load writes it."""
        shown = f"{minutes:.2f}".rstrip("0").rstrip(".")
        text = self.look.env._("Duration: %(minutes)s min", minutes=shown)
        return has_text(text, self.notes())

    def has_notes(self):
        """Tell whether one of its records has a field for notes."""
        fields = [part.record._fields for part in self.parts.values()]
        return any(name in known for known in fields for name in NOTE_FIELDS)

    def raw_notes(self):
        """Return the same as they are written, with their links."""
        if self._raw is None:
            texts = [
                part.record[name]
                for part in self.parts.values()
                for name in NOTE_FIELDS
                if name in part.record._fields
            ]
            texts += [message.body for message in self.extra_messages()]
            self._raw = "\n".join(str(text) for text in texts if text)
        return self._raw

    def noted_links(self):
        """Return {(model, id)} of the records to which the notes link."""
        if self._noted is None:
            self._noted = {
                (model, int(res_id))
                for model, res_id in _LINK.findall(self.raw_notes())
            }
        return self._noted

    def told_of(self, target, text):
        """Return (left out, why) where a message tells of this very value of a field."""
        for field, code, sentence, told in self.look.told.get(self.row["id"], ()):
            if field == target and told and fold(told) == fold(text):
                return LEFT_OUT, self.look.words("told", code, sentence)
        return None

    def amounts(self, part):
        """Return the payload's own amounts: what a line takes for the expected revenue."""
        return self.look.plan.amounts_of(self.payload)

    def converted_amount(self, probe, value, found, part):
        """Say whether a foreign amount was converted: the original is in the notes."""
        field = part.record._fields[probe.name]
        if field.type != "monetary" and probe.name not in PRICES:
            return None
        label = re.escape(fold(field.string))
        noted = re.findall(rf"{label}\s*:\s*(-?[0-9.]+)", self.notes())
        given = read_numbers(value)
        if any(float(text) in given for text in noted if _NUMBER.fullmatch(text)):
            return FIELD if found else NOTES
        return None

    def label_of(self, part, name, found):
        """Return the folded label of a choice."""
        return self.look.choice_label(part.record._name, name, found)
