"""What a field can hold is checked before Odoo sees it, so that the reason has a name."""

import json
import math
from datetime import time, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from markupsafe import Markup

from odoo import fields, models

from ..staging.moments import parse_iso
from ..words.note_text import join_markup, text_from_html
from .batch import Refused

NOTE_FIELDS = ("comment", "description", "note", "body", "x_migration_notes")
"""Where a model keeps free text; the first it has takes what has no field."""


INDEX_LIMIT = 2600
"""Bytes that a B-tree entry of PostgreSQL takes at most, some room left."""


DAY_LENGTH = len("2019-03-04")


MAX_INTEGER = 2**31 - 1


def as_moment(value):
    """Return a naive datetime in UTC, to the second, of a text as it is staged.

    :raises AttributeError, TypeError: it is no text
    :raises OverflowError, ValueError: it is no moment, or none of ours in UTC
    """
    # Ten times as fast as Odoo's own, which goes through ``strptime``.
    moment = parse_iso(value)
    if moment.tzinfo:
        moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
    return moment.replace(microsecond=0)


class CrmMigrationLoadingFieldTypes(models.AbstractModel):
    _name = "crm.migration.loading.field.types"
    _description = "Migration: Loading Field Types"

    def _check_value(self, batch, target, field, value):
        if value is None or value is False:
            return False
        checker = getattr(self, f"_check_{field.type}", None)
        return checker(batch, target, field, value) if checker else value

    def _check_char(self, batch, target, field, value):
        text = self._as_text(value).replace("\x00", "")
        if field.size and len(text) > field.size:
            raise Refused("too_long", target, text, limit=field.size)
        indexed = field.index in (True, "btree", "btree_not_null") and field.store
        if indexed and len(text.encode("utf-8", "surrogatepass")) > INDEX_LIMIT:
            raise Refused("too_long", target, text, limit=INDEX_LIMIT)
        return text

    def _check_text(self, batch, target, field, value):
        return self._as_text(value).replace("\x00", "")

    _check_html = _check_text

    def _check_selection(self, batch, target, field, value):
        allowed = batch.once(
            ("selection", str(field)), lambda: set(field.get_values(self.env))
        )
        if isinstance(value, dict) or value not in allowed:
            raise Refused("not_a_choice", target, self._as_text(value))
        return value

    def _check_float(self, batch, target, field, value):
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not math.isfinite(number):
            raise Refused("not_for_numbers", target, self._as_text(value)[:50])
        return number

    _check_monetary = _check_float

    def _check_integer(self, batch, target, field, value):
        number = self._check_float(batch, target, field, value)
        if not number.is_integer() or abs(number) > MAX_INTEGER:
            raise Refused("not_for_numbers", target, value)
        return int(number)

    def _check_boolean(self, batch, target, field, value):
        if not isinstance(value, bool | int):
            raise Refused("not_yes_or_no", target, value)
        return bool(value)

    def _check_date(self, batch, target, field, value):
        """An instant is the day on which it was where the source stands."""
        if len(str(value)) > DAY_LENGTH:
            return self._day_of(batch, self._as_datetime(target, value))
        try:
            return fields.Date.to_date(value)
        except (TypeError, ValueError):
            raise Refused("not_a_date", target, value) from None

    def _check_datetime(self, batch, target, field, value):
        return self._as_datetime(target, value)

    def _as_datetime(self, target, value):
        """Return a naive UTC datetime, None for nothing."""
        if not value:
            return None
        try:
            return as_moment(value)
        except (AttributeError, OverflowError, TypeError, ValueError):
            raise Refused("not_a_date", target, value) from None

    def _instant(self, value):
        """Return the same, None also for what is no instant."""
        try:
            return self._as_datetime("", value)
        except Refused:
            return None

    def _day_of(self, batch, moment):
        """Return the day that a moment in UTC was where the source stands.

        Midnight is no moment but a day that came without one.
        """
        if moment.time() == time.min:
            return moment.date()
        try:
            zone = ZoneInfo(batch.job.tz or "UTC")
            return moment.replace(tzinfo=timezone.utc).astimezone(zone).date()
        except (OverflowError, ZoneInfoNotFoundError):
            return moment.date()

    def _as_text(self, value):
        if value is None or value is False:
            return ""
        if isinstance(value, dict | list):
            return json.dumps(value, ensure_ascii=False)
        return str(value)

    # -- what has no field -----------------------------------------------------

    def _note_field(self, batch):
        if self._notes_in_chatter:
            return None
        model = batch.model
        return next((name for name in NOTE_FIELDS if name in model._fields), None)

    def _add_notes(self, batch, item):
        """Append to the notes what has no field of its own, so that nothing is lost."""
        note = item.targets.get("@note")
        if not (note or item.notes or item.unmapped_values or item.further):
            return
        pieces = [Markup(self._as_text(note))] if note else []
        pieces += [*item.notes, *self._write_leftovers(item), *item.further]
        name = self._note_field(batch)
        if not pieces or not name:
            return
        if batch.model._fields[name].type == "html":
            written = [Markup(item.vals[name])] if item.vals.get(name) else []
            item.vals[name] = join_markup(written + pieces)
        else:
            plain = [
                item.vals.get(name) or "",
                *(text_from_html(piece) for piece in pieces),
            ]
            item.vals[name] = "\n".join(filter(None, plain))

    def _write_leftovers(self, item):
        # A column may have been meant for two fields: it is written once.
        lines = ((label, self._as_text(text)) for label, text in item.unmapped_values)
        return [
            Markup("<p><b>%s</b>: %s</p>") % (label, text)
            for label, text in dict.fromkeys(lines)
        ]

    def _check_required(self, batch, item, creating=False):
        """Name the empty field; the database would only refuse the record."""
        for name, by_itself in batch.once(
            "required", lambda: self._list_required(batch)
        ):
            value = item.vals.get(name)
            if self._is_empty(value) and (
                name in item.vals or (creating and not by_itself)
            ):
                raise Refused("required", name)

    def _list_required(self, batch):
        """Return (name, whether it fills itself) of the columns that must be filled."""
        fields = self._required_fields(batch)
        return [(field.name, self._fills_itself(field)) for field in fields]

    def _required_fields(self, batch):
        """Return the columns that the database refuses to leave empty.

        A list of other records is no column: Odoo fills it, or its form asks for it.
        """
        return [
            field
            for field in batch.model._fields.values()
            if field.required
            and field.store
            and field.column_type
            and field.type != "boolean"
            and not field.inherited
            and field.name not in batch.model._inherits.values()
        ]
