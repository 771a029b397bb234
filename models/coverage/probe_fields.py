"""Looks into the fields of Odoo, by their type."""

import json
import re
from datetime import time, timedelta, timezone

from .alike import (
    fold,
    has_day,
    has_instant,
    has_number,
    has_time,
    has_written_instant,
    read_flag,
    read_numbers,
    read_time,
)
from .clocks import is_day_of, is_midnight_near
from .folding import squeeze
from .leaves import is_derived
from .outcome import outcome_of
from .probe import (
    FIELD,
    LEFT_OUT,
    NOTE_FIELDS,
    NOTES,
    SEVERAL,
    TALK,
    Probe,
    has_any_text,
    is_name,
    key_of,
    named_addresses,
    zone_named,
)
from .staged_names import why_skipped


def _listed_addresses(value):
    """Return the addresses and numbers of a list that a cell has as JSON; [] of any other.

    >>> _listed_addresses('[{"value": "a@b.c", "primary": true}, {"number": "+351 210 000"}]')
    ['a@b.c', '+351 210 000']
    >>> _listed_addresses("[draft]"), _listed_addresses("a@b.c")
    ([], [])
    """
    if not value.startswith("[{"):
        return []
    try:
        items = json.loads(value)
    except (ValueError, RecursionError):
        return []
    objects = (item for item in items if isinstance(item, dict))
    texts = (text for item in objects for text in item.values())
    return [
        text
        for text in texts
        if isinstance(text, str) and ("@" in text or len(re.findall(r"\d", text)) > 4)
    ]


class TextProbe(Probe):
    """A text stands in its field, perhaps beside others."""

    def __init__(self, line, mapping, name):
        super().__init__(line, mapping)
        self.name, self.fields = name, (name,)
        is_note = mapping["model"] in TALK or name in NOTE_FIELDS
        self.place = NOTES if is_note else FIELD

    def look(self, value, path, case, part):
        found = part.text(self.name)
        if found == value and value is not False:
            return self.place
        if not found:
            return self._on_company(value, part)
        if self.declared.is_link and (there := self._as_link(value, path, case, found)):
            return there
        if self.name in NOTE_FIELDS and self.is_noted(value, path, case):
            return self.place
        given = self.declared.table.get(key_of(value), value)
        for each in (given, value) if self.name not in NOTE_FIELDS else (given,):
            if has_any_text(each, found, lambda: part.folded(self.name)):
                return self.place
        if isinstance(value, str) and self._in_pieces(value, path, case, part):
            return self.place
        if has_written_instant(value, part.folded(self.name), self.declared.zone):
            return self.place
        if isinstance(value, int | float) and str(found).strip():
            if {float(value)} == read_numbers(found):
                return self.place
        return None

    def _on_company(self, value, part):
        """Tell whether the company that a person is linked to bears the name."""
        if self.name != "company_name" or not part.record.parent_id:
            return None
        company, written = fold(part.record.parent_id.name or ""), fold(value)
        if company == written or "" != squeeze(company) == squeeze(written):
            return self.place
        return None

    def _in_pieces(self, value, path, case, part):
        """Tell whether several values of a cell are all there, the first in the field."""
        if listed := _listed_addresses(value):
            there = [
                has_any_text(
                    each, part.record[self.name], lambda: part.folded(self.name)
                )
                for each in listed
            ]
            labels = case.look.plan.labels.of(path)
            return any(there) and all(
                is_there or case.has_noted(each, labels)
                for each, is_there in zip(listed, there, strict=True)
            )
        pieces = named_addresses(value)
        pieces = pieces or [p.strip() for p in SEVERAL.split(value) if p.strip()]
        if not 0 < len(pieces) <= 20 or pieces == [value]:
            return False
        found = part.record[self.name]
        if self._is_person_beside(pieces, part):
            return True
        if "<" in value and "name" in part.record._fields:
            # Who an address is said to be of is what the record is called.
            name = fold(part.record.name or "")
            pieces = [p for p in pieces if "@" in p or fold(p) != name]
        return has_any_text(pieces[0], found, lambda: part.folded(self.name)) and all(
            has_any_text(piece, found, lambda: part.folded(self.name))
            or case.has_noted(piece, case.look.plan.labels.of(path))
            for piece in pieces[1:]
        )

    def _is_person_beside(self, pieces, part):
        """Tell whether a field names the person, whose address the linked contact has."""
        addresses = {fold(piece) for piece in pieces if "@" in piece}
        names = [fold(piece) for piece in pieces if "@" not in piece]
        if not addresses or names != [fold(part.record[self.name])]:
            return False
        person = "partner_id" in part.record._fields and part.record.partner_id
        return bool(person) and addresses == {fold(person.email or "")}

    def _as_link(self, value, path, case, found):
        """A link in a text field shows the name of what it refers to, or the choice."""
        look, folded = case.look, fold(found)
        for key in self.declared.keys(value):
            for name in self.declared.lists:
                decided = look.decisions.get((name, key))
                if isinstance(decided, tuple):
                    if look.name_of(*decided) in folded:
                        return self.place
                elif decided and fold(decided) in folded:
                    return self.place
        for wanted in self.wanted_links(value, path, case.payload):
            hit = look.links.get(wanted)
            if hit and look.name_of(*hit) in folded:
                return self.place
        return None


class ExactProbe(Probe):
    """A field that holds one value: something else in its place is a difference."""

    is_exact = True
    place = FIELD

    def __init__(self, line, mapping, name):
        super().__init__(line, mapping)
        self.name, self.fields = name, (name,)
        if mapping["model"] in TALK:
            self.place = NOTES

    def look(self, value, path, case, part):
        found = part.record[self.name]
        return self.place if self._is(value, found) else None

    def _is(self, value, found):
        raise NotImplementedError


class NumberProbe(ExactProbe):
    def __init__(self, line, mapping, name, tolerance):
        super().__init__(line, mapping, name)
        self.tolerance = tolerance

    def look(self, value, path, case, part):
        found = part.record[self.name]
        given = self.declared.table.get(key_of(value), value)
        if has_number(given, found, self.declared.factors, self.tolerance):
            return self.place
        if self.name == "probability" and outcome_of(part.record) != "open":
            return LEFT_OUT, case.look.words("outcome")
        return case.converted_amount(self, value, found, part)


class FlagProbe(ExactProbe):
    def look(self, value, path, case, part):
        found = part.record[self.name]
        if self.name == "active" and part.archived_at and not found:
            return LEFT_OUT, case.look.words("vanished")
        for key in self.declared.keys(value):
            for name in self.declared.lists:
                if (chosen := case.look.decisions.get((name, key))) is not None:
                    flag = read_flag(chosen)
                    return self.place if flag == found else None
        flag = read_flag(self.declared.table.get(key_of(value), value))
        if flag is None:
            return None
        return self.place if (flag is not self.declared.inverted) == found else None


class DayProbe(ExactProbe):
    def look(self, value, path, case, part):
        found = part.record[self.name]
        if not found:
            return None
        zone = self.declared.zone
        is_there = has_day(value, found, zone) or is_midnight_near(value, found, zone)
        there = zone_named(case.look.job.tz)
        is_there = is_there or is_day_of(value, found, zone, there)
        return self.place if is_there else None


def skipped_before(start, zone):
    """Return by how much a clock jumps over the hour in which a meeting was to begin.

    >>> from datetime import datetime; from zoneinfo import ZoneInfo
    >>> at, lisbon = datetime.fromisoformat, ZoneInfo("Europe/Lisbon")
    >>> str(skipped_before(at("2024-03-31 01:15"), lisbon))
    '1:00:00'
    >>> skipped_before(at("2024-03-31 02:15"), lisbon), skipped_before(False, lisbon)
    (None, None)
    """
    if not start:
        return None
    local = start.replace(tzinfo=timezone.utc).astimezone(zone)
    earlier = (start - timedelta(hours=3)).replace(tzinfo=timezone.utc).astimezone(zone)
    jump = local.utcoffset() - earlier.utcoffset()
    if jump <= timedelta():
        return None
    wall = local.replace(tzinfo=None) - jump
    shown = wall.replace(tzinfo=zone).astimezone(timezone.utc).astimezone(zone)
    return jump if shown.replace(tzinfo=None) != wall else None


class InstantProbe(ExactProbe):
    """Of a meeting that takes whole days only the day counts: Odoo's own convention."""

    def look(self, value, path, case, part):
        found = part.record[self.name]
        if not found:
            return None
        if has_instant(value, found, self.declared.zone):
            return self.place
        if has_time(value, found, self.declared.zone):
            return self.place  # the day stands in a member of its own
        if self.model_name == "calendar.event" and self.name == "stop":
            # What begins in an hour that the clock skips takes as long as is written.
            skipped = skipped_before(part.record.start, self.declared.zone)
            if skipped and has_instant(value, found - skipped, self.declared.zone):
                return self.place
        if self.model_name == "calendar.event" and part.record.allday:
            # The end of whole days is the midnight after the last one elsewhere.
            days = (found.date(), found.date() + timedelta(days=self.name == "stop"))
            if any(has_day(value, day, self.declared.zone) for day in days):
                return self.place
            if read_time(value) == time():
                return self.place
        return None


class ChoiceProbe(ExactProbe):
    """A choice is what was decided for the value, or bears its word."""

    def look(self, value, path, case, part):
        found = part.record[self.name]
        for key in self.declared.keys(value):
            for name in self.declared.lists:
                decided = case.look.decisions.get((name, key))
                if decided is False:
                    return "left_out", case.look.words("decided_empty")
                if decided and found and case.look.is_choice(decided, found):
                    return self.place
            if fold(key) in (fold(found or ""), case.label_of(part, self.name, found)):
                return self.place
        return None


_LINKED = re.compile(r'data-oe-model="([\w.]+)"')


class LinkProbe(ExactProbe):
    """One or several records that the value refers to, names or was decided to mean."""

    def __init__(self, line, mapping, name, comodel):
        super().__init__(line, mapping, name)
        self.comodel = comodel
        # "{id, name, color}": only ids and names of it refer to anything.
        self.is_exact = False

    def look(self, value, path, case, part):
        there = self.look_one(value, path, case, part) or self.look_at_pieces(
            value, path, case, part
        )
        return there or self._look_at_skipped(value, path, case)

    def _look_at_skipped(self, value, path, case):
        """Say that what the value links to was left out itself, and why."""
        for wanted in self.wanted_links(value, path, case.payload):
            if why := why_skipped(case.look, wanted):
                return LEFT_OUT, why
        return None

    def look_one(self, value, path, case, part):
        there = part.record[self.name]
        if there and key_of(value) in self.declared.constants:
            return self.place  # the kind of what is linked: {"kind": "users", "id": 5}
        if there and self.declared.by_parent and not path.endswith(".id"):
            return self.place  # {"stream": "contacts", "table": "contact", "id": 5}
        found = self._found(part.record, there.ids, self.comodel, value, path, case)
        if not found and self._is_linked_in_notes(value, path, case):
            return NOTES
        if not found and self._is_named_in_notes(value, path, case):
            return NOTES
        return self.place if found == FIELD else found

    def _is_linked_in_notes(self, value, path, case):
        """Tell whether the notes link to the record that is meant, beside the first."""
        noted = case.noted_links()
        if not noted:
            return False
        hits = set(
            map(case.look.links.get, self.wanted_links(value, path, case.payload))
        )
        if hits & noted:
            return True
        wanted = fold(value)
        return any(is_name(wanted, case.look.name_of(*each)) for each in noted)

    def _is_named_in_notes(self, value, path, case):
        """Tell whether the record that is meant gave way and is named in the notes.

        Where the notes link to such records, a name that leads to another is none.
        """
        hits = map(case.look.links.get, self.wanted_links(value, path, case.payload))
        linked = set(_LINKED.findall(case.raw_notes()))
        hits = [hit for hit in hits if hit and hit[1] and hit[0] not in linked]
        hits = [case.look.called(*hit) for hit in hits]
        labels = case.look.plan.labels.of(path)
        if is_derived(path):
            # Beside the ids that the connector found it also says the names.
            labels = labels | case.look.plan.labels.made
        return any(case.has_noted(name, labels) for names in hits for name in names)


def make_field_probe(line, mapping, field):
    """Return the probe for a field of Odoo."""
    if field.type in ("many2one", "many2many", "one2many"):
        return LinkProbe(line, mapping, field.name, field.comodel_name)
    if field.type in ("float", "monetary", "integer"):
        return NumberProbe(line, mapping, field.name, 0.0051)
    plain = {
        "boolean": FlagProbe,
        "date": DayProbe,
        "datetime": InstantProbe,
        "selection": ChoiceProbe,
    }
    return plain.get(field.type, TextProbe)(line, mapping, field.name)
