"""Looks into what the loaders place themselves: dates, authors, threads, outcomes."""

import re
from datetime import datetime, timezone

from ...connectors.mapping.apply import get_value
from .alike import (
    fold,
    has_address,
    has_day,
    has_digits,
    has_instant,
    has_text,
    read_flag,
    read_numbers,
)
from .clocks import is_day_of
from .probe import (
    FIELD,
    LEFT_OUT,
    NOTES,
    SEVERAL,
    TALK,
    Probe,
    is_name,
    key_of,
    named_addresses,
    zone_named,
)
from .probe_deals import (
    ActualProbe,
    ClosedProbe,
    CurrencyProbe,
    HistoryProbe,
    OutcomeProbe,
    RateProbe,
)
from .probe_notes import NoteProbe
from .probe_times import DurationProbe, ExceptProbe, RuleProbe, StartProbe


class OriginProbe(Probe):
    """When, and by whom, a record was made or changed."""

    names = {
        "@created_at": "create_date",
        "@updated_at": "write_date",
        "@created_by": "create_uid",
        "@updated_by": "write_uid",
    }
    is_exact = True

    def __init__(self, line, mapping):
        super().__init__(line, mapping)
        self.name = self.names[self.target]
        self.fields = (self.name,)

    def look(self, value, path, case, part):
        record = part.record
        if self.name not in record._fields:
            return None
        found = record[self.name]
        if self.name.endswith("_uid"):
            there = self._found(record, found.ids, "res.users", value, path, case)
        else:
            there = found and has_instant(value, found, self.declared.zone) and FIELD
        if not there and self.model_name == "res.users" and not record.active:
            return LEFT_OUT, case.look.words("placeholder")
        if there:
            return NOTES if there == FIELD and self.model_name in TALK else there
        if part.outcome != "created":
            return LEFT_OUT, case.look.words("was_there")
        if self.name in ("write_date", "write_uid") and part.is_worked_on():
            return LEFT_OUT, case.look.words("worked_on")
        if self.target == "@created_at" and "date" in record._fields and record.date:
            # A message is as old as what it tells.
            return has_instant(value, record.date, self.declared.zone) and NOTES
        return None


def _look_at_linked(probe, value, path, case, part):
    """Look where a record is told of that is linked with another: there, or in its notes.

    A lead who took part may be what the record hangs on: a person without a contact.
    """
    labels = case.look.plan.labels.of(path)
    for wanted in probe.wanted_links(value, path, case.payload):
        hit = case.look.links.get(wanted)
        if not hit:
            continue
        if hit in part.linked_from() or case.look.bearer_of(hit) in part.bearer_pairs():
            return FIELD
        if any(case.has_noted(name, labels) for name in case.look.called(*hit)):
            return NOTES
    return None


class ThreadProbe(Probe):
    """What a message, a to-do, a file or a meeting hangs on, or is linked from."""

    def look(self, value, path, case, part):
        return self.look_one(value, path, case, part) or self.look_at_pieces(
            value, path, case, part
        )

    def look_one(self, value, path, case, part):
        for model, ids in part.bearers().items():
            if self._found(part.record, ids, model, value, path, case) == FIELD:
                return FIELD
        if shown := _look_at_linked(self, value, path, case, part):
            return shown
        if self._is_named(value, case, part):
            return FIELD
        # Of the people among the links of a meeting each attends it.
        people = part.people()
        if people and self._found(
            part.record, people.ids, "res.partner", value, path, case
        ):
            return FIELD
        if self._is_told(value, path, case):
            return NOTES
        return self._is_kind(value, case, part)

    def _is_told(self, value, path, case):
        """Tell whether the notes name it: what stands alone has no chatter to hang on."""
        for key in self.wanted_links(value, path, case.payload):
            hit = case.look.links.get(key)
            if not hit or not hit[1] or "message_ids" in case.look.env[hit[0]]._fields:
                continue
            name = case.look.display_of(*hit)
            if name and case.note_lines().has_words(name):
                return True
        return False

    def _is_named(self, value, case, part):
        """Tell whether one of the records that link to it bears the name."""
        if not isinstance(value, str):
            return False
        wanted = fold(value)
        return any(
            is_name(wanted, case.look.name_of(*each)) for each in part.linked_from()
        )

    def _is_kind(self, value, case, part):
        """Beside an id stands what kind of object it is of."""
        known = isinstance(value, str) and value in case.look.streams
        if known or key_of(value) in self.declared.constants:
            return FIELD if part.bearer_pairs() else None
        return None


class PeopleProbe(Probe):
    """Who took part: as linked contact, as address, by name in the text."""

    def look(self, value, path, case, part):
        return self.look_one(value, path, case, part) or self.look_at_pieces(
            value, path, case, part
        )

    def look_one(self, value, path, case, part):
        people = part.people()
        if people and key_of(value) in self.declared.constants:
            return FIELD
        there = self._found(part.record, people.ids, "res.partner", value, path, case)
        if there:
            return there
        if shown := _look_at_linked(self, value, path, case, part):
            return shown
        if not isinstance(value, str):
            return None
        texts = part.addresses()
        if any(has_address(value, text) for text in texts if text):
            return FIELD
        if any(has_text(value, text) for text in texts if text):
            return FIELD
        labels = case.look.plan.labels.of(path)
        if case.has_noted(value, labels):
            return NOTES
        return self._of_each(value, texts, case, labels)

    def _of_each(self, value, texts, case, labels):
        """Look for each of several people who are named in one text."""
        pieces = named_addresses(value) or SEVERAL.split(value)
        pieces = [piece.strip() for piece in pieces if piece.strip()]
        linked = [
            piece
            for piece in pieces
            if any(has_address(piece, t) or has_text(piece, t) for t in texts if t)
        ]
        if not 0 < len(pieces) <= 200 or (len(pieces) == 1 and pieces == [value]):
            return None
        rest = [piece for piece in pieces if piece not in linked]
        if all(case.has_noted(piece, labels) for piece in rest):
            return FIELD if linked else NOTES
        return None


class FileProbe(Probe):
    """The attachment that the bytes became: name, size and type."""

    def look(self, value, path, case, part):
        if part.record._name != "ir.attachment":
            return None
        record = part.record
        if isinstance(value, int | float) or str(value).isdigit():
            sizes = read_numbers(value)
            if float(record.file_size) in sizes:
                return FIELD
        # Where it lay, and its digest, say which bytes: the loader checked these.
        return FIELD if record.file_size or self._is_empty(case) else None

    def _is_empty(self, case):
        """Tell whether the source itself has a file without a single byte."""
        paths = case.look.plan.paths_of[self.line_id]
        values = [get_value(case.payload, path) for path in paths]
        return any(each in (0, "0") and each is not False for each in values)


class FilesProbe(Probe):
    def look(self, value, path, case, part):
        if "attachment_ids" not in part.record._fields:
            return None
        files = part.record.attachment_ids
        return self._found(part.record, files.ids, "ir.attachment", value, path, case)


_WRITTEN = re.compile(
    r"(\d{4})\D(\d\d)\D(\d\d)(?:\D(\d\d)\D(\d\d)(?:\D(\d\d)(?!\d))?)?(?!\d)", re.ASCII
)


def _written_moments(texts, zone):
    """Yield the moments that texts tell, in UTC."""
    for text in texts:
        for found in _WRITTEN.finditer(text or ""):
            try:
                moment = datetime(*(int(part or 0) for part in found.groups()))
            except ValueError:
                continue
            local = moment.replace(tzinfo=zone)
            yield local.astimezone(timezone.utc).replace(tzinfo=None)


ENDS = ("closed_date", "date_end", "date_closed", "date")
"""When something was done, as models call it that have no day for it."""


class DoneProbe(Probe):
    is_exact = True

    def look(self, value, path, case, part):
        record = part.record
        if record._name == "calendar.event":
            told = any(
                has_instant(value, moment, self.declared.zone)
                for moment in _written_moments(part.all_texts(), self.declared.zone)
            )
            return NOTES if told else None
        if "reached_date" in record._fields:
            return FIELD if self._is_day(value, record.reached_date, case) else None
        if "date_done" not in record._fields:
            ends = [record[name] for name in ENDS if name in record._fields]
            moments = [m for m in (*ends, record.write_date) if isinstance(m, datetime)]
            zone = self.declared.zone
            there = any(has_instant(value, moment, zone) for moment in moments)
            return FIELD if there else None
        if self._is_day(value, record.date_done, case):
            return FIELD
        # A yes without a day: done, whenever that was.
        if value is True or key_of(value).isalpha():
            return FIELD if not record.active else None
        return None

    def _is_day(self, value, found, case):
        zone = self.declared.zone
        return bool(found) and bool(
            has_day(value, found, zone)
            or is_day_of(value, found, zone, zone_named(case.look.job.tz))
        )


PROGRESS = ("open", "done", "cancelled")


class ProgressProbe(Probe):
    """A status or a flag says whether it is open or not, on whichever day."""

    def look(self, value, path, case, part):
        record = part.record
        if "is_reached" in record._fields:
            return self._look_at(value, path, case, record.is_reached)
        if "active" not in record._fields:
            return None
        if record._name != "mail.activity" or case.look.job.overdue_policy != "keep":
            return FIELD
        return self._look_at(value, path, case, not record.active)

    def _look_at(self, value, path, case, is_done):
        """Compare what a flag, or the decision on a status, says with what is done."""
        flag = read_flag(value)
        if self.declared.roles.get(path) == "done" and flag is not None:
            return FIELD if is_done is flag else None
        for key in self.declared.keys(value):
            for name in self.declared.lists:
                decided = case.look.decisions.get((name, key))
                if decided in PROGRESS:
                    return FIELD if is_done is (decided != "open") else None
        return FIELD


class InlineProbe(Probe):
    """A picture stands in the text where its address stood."""

    def look(self, value, path, case, part):
        return FIELD if part.record._name == "ir.attachment" else None


class MessageKindProbe(Probe):
    """What a message is told by its type; a word of its own is looked for in the notes."""

    def look(self, value, path, case, part):
        if part.record._name != "mail.message":
            return None
        return NOTES if part.record.message_type else None


class AnywhereProbe(Probe):
    """A target this room does not know: in the notes or among the people, else nowhere."""

    def look(self, value, path, case, part):
        there = NoteProbe.look(self, value, path, case, part)
        if there or not isinstance(value, str):
            return there
        texts = part.all_texts()
        found = any(has_text(value, t) or has_digits(value, t) for t in texts)
        return FIELD if found else None


PLACES = {
    **dict.fromkeys(OriginProbe.names, OriginProbe),
    "@note": NoteProbe,
    "@thread": ThreadProbe,
    "@author": PeopleProbe,
    "@partners": PeopleProbe,
    "@addresses": PeopleProbe,
    "@file": FileProbe,
    "@files": FilesProbe,
    "@state": OutcomeProbe,
    "@currency": CurrencyProbe,
    "@rate_currency": CurrencyProbe,
    "@rate": RateProbe,
    "@closed_at": ClosedProbe,
    "@actual_revenue": ActualProbe,
    "@stage_history": HistoryProbe,
    "@done_at": DoneProbe,
    "@done": ProgressProbe,
    "@inline": InlineProbe,
    "@subtype": MessageKindProbe,
    "@duration": DurationProbe,
    "@rule": RuleProbe,
    "@start": StartProbe,
    "@except": ExceptProbe,
}
"""Target → where its values are looked for; an addon may add its own."""
