"""What a caller names must be the caller's to read, before anything of it is shown."""

from odoo import api, models
from odoo.exceptions import UserError

NUMBERS = range(-(2**31), 2**31)
"""Whole numbers that PostgreSQL keeps in a column of Odoo."""


class CrmMigrationSubjects(models.AbstractModel):
    """Inherited by every dialog, and by every model of which people write some fields.

    Odoo asks for no right to name a record in a many2one or a reference, and works out
    what is related to it as superuser (19.0 ``Field.related_sudo``): whoever may write
    one field of one row could read the name of any record in the database, without
    pressing a button.
    """

    _name = "crm.migration.subjects"
    _description = "Migration: Named Records"

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        self._check_given(defaults)
        return defaults

    def onchange(self, values, field_names, fields_spec):
        self._check_typed(values)
        self._check_given(values)
        return super().onchange(values, field_names, fields_spec)

    def _check_typed(self, vals):
        """Refuse what no column takes, before the database does so in its own words.

        :raises UserError: names the field
        """
        if self.env.su:
            return
        for name, value in vals.items():
            field = self._fields.get(name)
            if not field:
                continue
            is_whole = isinstance(value, int) and field.type == "integer"
            if isinstance(value, str) and not _can_be_kept(value):
                text = self.env._(
                    "“%(field)s” holds a character that no database keeps. Type it anew, "
                    "instead of pasting it."
                )
            elif is_whole and value not in NUMBERS:
                text = self.env._("“%(field)s” is too large a number.")
            else:
                continue
            label = field._description_string(self.env)
            raise UserError(text % {"field": label})

    def _check_given(self, vals):
        """Check what is named in values that are not kept yet."""
        if self.env.su:
            return
        given = {n: value for n, value in vals.items() if self._is_subject(n)}
        if given:
            self.new(given)._check_subjects(given)

    def _check_subjects(self, names):
        """Raise where something named is not to be read by this user.

        :raises AccessError: as Odoo words it
        """
        if self.env.su:
            return
        for name in filter(self._is_subject, names):
            if self[name]:
                self[name]._origin.check_access("read")

    def _is_subject(self, name):
        """Tell whether a field names a record, and is given rather than worked out."""
        field = self._fields.get(name)
        if not field or not field.store or (field.compute and field.readonly):
            return False
        return bool(field.relational or field.type == "reference")


def _can_be_kept(text):
    """Tell whether PostgreSQL takes a text.

    >>> _can_be_kept("é 💥"), _can_be_kept("a\\0"), _can_be_kept("\\ud83d")
    (True, False, False)
    """
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:  # half of a character
        return False
