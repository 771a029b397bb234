"""Whole rows before and after a change: what Odoo works out along goes back as well."""

import json

from odoo import models
from odoo.tools import SQL

DATES = ("write_date", "write_uid")


def _take_back(now, before, after):
    """Return what a column holds without a change, as it is where it has changed since.

    A column of several languages or companies holds a value of each: they count one by one.

    >>> _take_back(2, 1, 2), _take_back(3, 1, 2)
    (1, 3)
    >>> _take_back({"1": "ours", "2": "theirs"}, None, {"1": "ours"})
    {'2': 'theirs'}
    >>> _take_back({"en_US": "b", "de_DE": "c"}, {"en_US": "a"}, {"en_US": "b"})
    {'en_US': 'a', 'de_DE': 'c'}
    """
    if now == after:
        return before
    if not isinstance(now, dict) or not isinstance(after or {}, dict):
        return now
    before, after = before or {}, after or {}
    left = {}
    for key in now | before:
        if key in after and now.get(key) == after[key]:
            value = before.get(key)
        else:
            value = now.get(key, None if key in after else before.get(key))
        if value is not None:
            left[key] = value
    return left or None


class CrmMigrationLoadingRowImages(models.AbstractModel):
    """A phone that is filled in brings a country code along, a country an identifier for
    electronic invoices (``account_peppol``): no column that a change touches is forgotten,
    whoever wrote it.
    """

    _name = "crm.migration.loading.row.images"
    _description = "Migration: Loading Row Images"

    def _take_rows(self, model, ids):
        """Return id → column → value as JSON of records that are about to be changed."""
        if not ids:
            return {}
        model.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, to_jsonb(row) FROM %s AS row WHERE id = ANY(%s)",
                SQL.identifier(model._table),
                list(ids),
            )
        )
        return dict(rows)

    def _compare_rows(self, model, before):
        """Return id → (columns before, columns now) of what is not as it was."""
        changed = {}
        for res_id, now in self._take_rows(model, before).items():
            then = before[res_id]
            names = [name for name in now if now[name] != then.get(name)]
            changed[res_id] = (
                {name: then.get(name) for name in names},
                {name: now[name] for name in names},
            )
        return changed

    def _put_columns_back(self, model, res_id, left, entries):
        """Undo what changed along with the values that were written back already.

        :param left: the row as it was when the rollback came to it
        :param entries: rows of the journal, newest first
        """
        wanted = dict(left)
        for entry in entries:
            before, after = entry.columns_before or {}, entry.columns_after or {}
            for name, value in after.items():
                if name in wanted:
                    wanted[name] = _take_back(wanted[name], before.get(name), value)
        now = self._take_rows(model, [res_id])[res_id]
        known = {name for entry in entries for name in entry.columns_after or {}}
        names = [
            name
            for name in now
            # What Odoo has just worked out anew counts as ours, except where a person
            # has decided otherwise since: that column is not what we left.
            if (name in known or name in DATES) and now[name] != wanted.get(name)
        ]
        if not names:
            return
        columns = SQL(", ").join(map(SQL.identifier, names))
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s AS row SET (%(columns)s) = ROW(%(values)s)"
                " FROM jsonb_populate_record(NULL::%(table)s, %(wanted)s) AS old"
                " WHERE row.id = %(id)s",
                table=SQL.identifier(model._table),
                columns=columns,
                values=SQL(", ").join(SQL.identifier("old", name) for name in names),
                wanted=json.dumps({name: wanted.get(name) for name in names}),
                id=res_id,
            )
        )
        model.browse(res_id).invalidate_recordset(flush=False)
