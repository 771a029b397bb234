"""Rows within a record: the lines of a quotation, the items of a checklist.

A target that is a one2many gets a list of rows, each ``{field: value, "@leftovers":
[[label, text], …]}``, as ``rows`` of the vocabulary makes them. They belong to the record:
they are created, replaced and taken back with it.
"""

from odoo import models
from odoo.fields import Command

from .batch import UNMAPPED, Refused


class CrmMigrationLoadingRows(models.AbstractModel):
    _name = "crm.migration.loading.rows"
    _description = "Migration: Loading Rows"

    def _convert_rows(self, batch, item, target, field, value):
        """Return a command for each row.

        :raises Refused: it is no list of rows, or a row lacks what it is nothing without
        """
        if not isinstance(value, list) or not all(isinstance(r, dict) for r in value):
            raise Refused("not_a_list", target, self._as_text(value))
        return [
            Command.create(self._convert_row(batch, item, target, field, number, row))
            for number, row in enumerate(value, 1)
        ]

    def _convert_row(self, batch, item, target, field, number, row):
        model, vals = self.env[field.comodel_name], {}
        for name, value in row.items():
            cell = model._fields.get(name)
            if name == UNMAPPED:
                for label, text in value:
                    self._keep_cell(batch, item, target, number, label, text)
                continue
            if name.startswith("@"):
                vals[name] = value
                continue
            if cell is None:
                text = self._name_value(batch, item, value)
                self._keep_cell(batch, item, target, number, name, text)
                continue
            try:
                vals[name] = self._convert_one(batch, item, target, cell, value)
            except Refused as refusal:
                if self._is_needed(cell):
                    raise
                label = cell.get_description(self.env, ["string"])["string"]
                text = self._as_text(refusal.value)
                self._keep_cell(batch, item, target, number, label, text)
                item.report("value_left_out", field=target, value=text)
        vals = self._complete_row(batch, item, target, vals)
        for name in [name for name in vals if name.startswith("@")]:
            text = self._name_value(batch, item, vals.pop(name))
            label = name[1:].replace("_", " ")
            self._keep_cell(batch, item, target, number, label, text)
        return vals

    def _complete_row(self, batch, item, target, vals):
        """Return the values of a new row, completed where its model wants more.

        :param vals: cells as ``create`` takes them; those that are no field, under names
            with ``@`` before them, are for the target to place: what it leaves is noted
        """
        return vals

    def _keep_cell(self, batch, item, target, number, label, text):
        """Put a value of a row into the notes of its record, with where it stood."""
        where = f"{self._label(batch, target)} {number}, {label}"
        left = [where, self._as_text(text)]
        if left not in item.unmapped_values:
            item.unmapped_values.append(left)

    def _own_the_rows(self, batch, items, names=None):
        """Let a rollback take the rows along, and see that they are nobody else's work.

        :param names: fields just written; else of each item what it was created with
        """
        lists = {n for n, f in batch.model._fields.items() if f.type == "one2many"}
        for item in items:
            # Of thousands of records hardly one has rows.
            if lists.isdisjoint(item.targets):
                continue
            for name in item.vals if names is None else names:
                field = batch.model._fields.get(name)
                if name in item.targets and field and field.type == "one2many":
                    known = item.all_extras().get(field.comodel_name, [])
                    for row in batch.model.browse(item.res_id)[name]:
                        if row.id not in known:
                            item.add_extra(field.comodel_name, row.id)

    # -- update and comparison ---------------------------------------------------

    def _replace_rows(self, record, name, commands):
        """Return commands that make the rows of a record what these would create.

        Each row takes the place of the one that stood there: an application may archive
        rows instead of deleting them, and others may refer to them.
        """
        there = record[name].sorted("id")
        wanted = [vals for _kind, _id, vals in commands]
        return [
            *(Command.delete(row.id) for row in there[len(wanted) :]),
            *(
                Command.update(row.id, vals)
                for row, vals in zip(there, wanted, strict=False)
            ),
            *(Command.create(vals) for vals in wanted[len(there) :]),
        ]

    def _can_replace_rows(self, batch, item, record, name, commands, guarded):
        """Tell whether rows are to be written: never where a person has changed them."""
        if not item.is_own:
            return False
        if not [*self._differ(record, name, commands)]:
            return False
        then = item.loaded.vals.get(name, []) if item.loaded else None
        is_disputed = name in item.disputed
        if (
            is_disputed
            or guarded
            and (then is None or [*self._differ(record, name, then)])
        ):
            return self._settle_rows(batch, item, record, name, commands, then)
        return True

    def _settle_rows(self, batch, item, record, name, commands, then):
        """Tell whether somebody has decided to take the rows of the source; else ask."""
        pairs = [*self._pair(record, name, commands)]
        mine, theirs = [each[2] for each in pairs], [each[1] for each in pairs]
        settled = self._settle_dispute(
            batch, item, record, name, mine, theirs, commands
        )
        if settled is not None:
            return bool(settled)
        there, count = self._format_rows(record[name]), str(len(commands))
        texts = (str(len(then or ())), count, there)
        self._note_dispute(item, record, name, (mine, theirs), texts, [then])
        item.report(
            "changed_by_both",
            field=name,
            value=there,
            **self._format_both(there, count),
        )
        return False

    def _format_rows(self, rows):
        return ", ".join(row.display_name or "" for row in rows)

    def _compare_rows_within(self, batch, item, record):
        """Yield (name, expected, found) of every value that the mapping set in a row."""
        if item.mapped["outcome"] in ("merged", "matched"):
            return
        for name, commands in item.vals.items():
            field = batch.model._fields.get(name)
            if name not in item.targets or field is None or field.type != "one2many":
                continue
            if name in item.deferred or name in (item.row.get("deferred") or {}):
                continue
            yield from self._pair(record, name, commands)

    def _differ(self, record, name, commands):
        return (
            each for each in self._pair(record, name, commands) if each[1] != each[2]
        )

    def _pair(self, record, name, commands):
        """Yield (name of the cell, expected, found), equal ones with two equal values."""
        there = record[name].sorted("id")
        wanted = [vals for _kind, _id, vals in commands]
        yield name, len(wanted), len(there)
        for number, (row, vals) in enumerate(zip(there, wanted, strict=False), 1):
            for cell, value in vals.items():
                expected, found = self._plain(row, cell, value), self._plain(row, cell)
                if self._is_same(row._fields[cell], expected, found):
                    expected = found
                yield f"{name}.{number}.{cell}", expected, found
