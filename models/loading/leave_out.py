"""What Odoo does not take costs its field, never the record that has it.

Two kinds: values that are seen to fit no field before Odoo is asked (``_leave_out``), and
values that only Odoo or its database refuses (``_rescue``). Both stay in the notes.
"""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from odoo import models

from ..words.mapping import PLACES
from .batch import Refused, as_reference

CUT = "…"


MAX_HOURS = 24 * 366
"""Longer is no meeting and no call, but a mistake."""


class CrmMigrationLoadingLeaveOut(models.AbstractModel):
    """A subclass names in ``_needed`` what its records are nothing without."""

    _name = "crm.migration.loading.leave.out"
    _description = "Migration: Loading Leave Out"

    _times = frozenset()
    """Targets that Odoo only takes if they fit each other."""
    _needed = frozenset()
    """Fields that are never left out: a meeting without its time is no meeting."""

    # -- before Odoo is asked --------------------------------------------------

    def _take(self, batch, item, target, field):
        """Return (whether the field is filled, its value as ``create`` takes it).

        :raises Refused: without this value there is no record
        """
        if target in item.withheld:
            self._withhold(batch, item, target, field)
            return False, None
        try:
            value = self._convert(batch, item, target, field)
        except Refused as refusal:
            return self._make_do(batch, item, target, field, refusal)
        if self._is_empty(value) and self._fills_itself(field):
            return False, None
        return True, value

    def _make_do(self, batch, item, target, field, refusal):
        """Cut what is too long for a field that must be filled; leave out anything else."""
        needed = self._is_needed(field)
        if refusal.code == "too_long" and needed:
            text = self._cut(self._as_text(refusal.value), refusal.data["limit"])
            self._keep_in_notes(batch, item, target, refusal.value)
            item.report("text_cut", field=target, value=text, **refusal.data)
            return True, text
        if needed:
            raise refusal
        self._leave_out(batch, item, target, item.targets[target])
        return False, None

    def _cut(self, text, limit):
        """Return the beginning of a text, of at most ``limit`` bytes and characters."""
        room = limit - len(CUT.encode())
        return text.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + CUT

    def _is_needed(self, field):
        own = field.required and not self._fills_itself(field)
        return own or field.name in self._needed

    def _fills_itself(self, field):
        """Tell whether a field that must be filled is filled where nothing is given."""
        return field.required and bool(field.default or field.compute or field.related)

    def _is_empty(self, value):
        return value is None or value is False or value == ""

    def _leave_out(self, batch, item, target, value):
        """Report a value that its target cannot hold, and keep it in the notes."""
        text = self._name_value(batch, item, value)
        kept = self._keep_in_notes(batch, item, target, text)
        code = "value_left_out" if kept else "value_unplaced"
        item.report(code, field=target, value=text)

    def _keep_in_notes(self, batch, item, target, value):
        """Put a value under the name of its field; return whether there are notes."""
        text = self._as_text(value)
        item.unmapped_values.append([self._label(batch, target), text])
        return self._has_notes(batch)

    def _label(self, batch, target):
        """Return what people call a target: the label of its field, or of its source's."""
        field = batch.model._fields.get(self._field_name(batch, target) or target)
        if field is not None:
            return field.get_description(self.env, ["string"])["string"]
        if target in PLACES:
            return str(self.env._(PLACES[target]))
        named = batch.once("labels", lambda: self._get_labels(batch))
        return named.get(target) or target

    def _get_labels(self, batch):
        return {
            line.target: line.custom_label or line.source_label or line.source
            for line in batch.mapping.line_ids
            if line.target
        }

    def _check_origin(self, batch, item):
        """Leave out dates of origin that are none, while notes can still be taken."""
        for target in ("@created_at", "@updated_at"):
            if target in item.targets:
                self._moment(batch, item, target)

    def _get_word(self, batch, item, target):
        """Return what a target that is no field says in one word, None for nothing.

        Several words, or what is none, go to the notes.
        """
        value = item.targets.get(target)
        if isinstance(value, list) and len(value) < 2:
            value = value[0] if value else None
        if as_reference(value):
            return self._look_up(batch, item, target, value)
        if isinstance(value, dict | list):
            self._leave_out(batch, item, target, value)
            return None
        return value

    def _moment(self, batch, item, target):
        """Return the instant of a target that is no field, None where it is none."""
        try:
            return self._as_datetime(target, item.targets.get(target))
        except Refused:
            self._leave_out(batch, item, target, item.targets[target])
            return None

    def _hours(self, batch, item, otherwise=None):
        """Return the hours of ``@duration`` where they can be any, else ``otherwise``."""
        given = item.targets.get("@duration")
        if given is None or given is False or given == "":
            return otherwise
        try:
            hours = self._check_float(batch, "@duration", None, given)
        except Refused:
            hours = -1
        if 0 <= hours <= MAX_HOURS:
            return hours
        self._leave_out(batch, item, "@duration", given)
        return otherwise

    # -- what only Odoo refuses ------------------------------------------------

    def _rescue(self, batch, item, work, error):
        """Find out without which values Odoo takes the item; tell whether that is known.

        First without the value that was the reason for others of the batch; then without
        any that can be left out: where that is refused as well, no value is the reason.
        Then as many of them as Odoo takes, in halves. Every trial is taken back; the item
        is left ready to be done.
        """
        names = self._can_be_withheld(batch, item)
        if error.code != "refused" or not names:
            return False
        before, reason = item.withheld, error.data.get("reason") or ""

        def is_taken(kept):
            out = {name: reason for name in names if name not in kept}
            item.withheld = {**before, **out}
            return self._is_taken_now(batch, item, work)

        guilty = batch.once("guilty", list)
        for name in set(guilty) & set(names):
            if is_taken([each for each in names if each != name]):
                return True
        if is_taken([]) and is_taken(self._most_that_fit(names, is_taken)):
            if len(left := item.withheld.keys() - before.keys()) == 1:
                guilty += left
            return True
        item.withheld = before
        self._make_ready(batch, item, work)
        return False

    def _most_that_fit(self, names, is_taken):
        """Return as many of the names as are accepted together, tried in halves."""
        kept, waiting = [], [names]
        while waiting:
            part = waiting.pop()
            if len(part) < len(names) and is_taken([*kept, *part]):
                kept += part
            elif len(part) > 1:
                half = len(part) // 2
                waiting += [part[half:], part[:half]]
        return kept

    def _is_taken_now(self, batch, item, work):
        if self._make_ready(batch, item, work):
            return False
        return self._try(batch, [item], work, keep=False) is None

    def _make_ready(self, batch, item, work):
        """Prepare a new record again; what is there already is prepared on its way.

        :return: why that cannot be done, None if it can
        """
        if work not in (self._create_together, self._prepare_only):
            return None
        item.problems.clear()
        item.origin = None
        return self._prepare_one(batch, item)

    def _can_be_withheld(self, batch, item):
        """Return the targets whose values might be the reason, and can be done without."""
        names = []
        for target, value in item.targets.items():
            name = self._field_name(batch, target)
            field = batch.model._fields.get(name) if name else None
            if (
                field is None
                or field.type == "boolean"
                or value in (None, False, "", [])
            ):
                continue
            if not self._is_needed(field) and target not in item.withheld:
                names.append(target)
        return names

    def _withhold_again(self, item, withheld):
        """Do without what was refused when it was loaded, unless the source changed it.

        Of a time it may be another one that made it impossible: an end before its start.
        """
        if item.loaded is None:
            return
        item.loaded.withheld = withheld
        now, then = item.targets, item.loaded.targets
        changed = {
            name for name in now.keys() | then.keys() if now.get(name) != then.get(name)
        }
        item.withheld = {
            target: reason
            for target, reason in withheld.items()
            if target not in changed
            and not (target in self._times and changed & self._times)
        }

    def _withhold(self, batch, item, target, field):
        """Leave out what Odoo refused when it was tried."""
        text = self._name_value(batch, item, item.targets[target])
        if field.type == "datetime":
            text = _in_own_zone(text, batch.job.tz)
        self._keep_in_notes(batch, item, target, text)
        reason = item.withheld[target] or ""
        item.report("value_refused", field=target, value=text, reason=reason)

    def _name_value(self, batch, item, value):
        """Return how people know a value: of a reference the name of its record."""
        values = value if isinstance(value, list) else [value]
        names = []
        for each in values:
            found = self._look_up(batch, item, "", each) if as_reference(each) else each
            if isinstance(found, tuple):
                found = self.env[found[0]].browse(found[1]).display_name
            names.append(self._as_text(found))
        return ", ".join(filter(None, names))


def _in_own_zone(text, zone):
    """Return an instant in UTC as the clocks of the source show it.

    >>> _in_own_zone("2024-05-06 08:00:00", "Europe/Lisbon"), _in_own_zone("soon", "UTC")
    ('2024-05-06 09:00:00', 'soon')
    """
    try:
        moment = datetime.fromisoformat(text).replace(tzinfo=timezone.utc)
    except ValueError:
        return text
    return f"{moment.astimezone(ZoneInfo(zone or 'UTC')):%Y-%m-%d %H:%M:%S}"
