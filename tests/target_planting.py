"""Plant a wrong value in a record, as nobody's work: verification must find it."""

from contextlib import contextmanager, suppress

from odoo.fields import Command
from odoo.tools import SQL

OTHER = {
    "integer": "COALESCE({0}, 0) + 1",
    "float": "COALESCE({0}, 0) + 1",
    "monetary": "COALESCE({0}, 0) + 1",
    "boolean": "NOT COALESCE({0}, FALSE)",
    "date": "COALESCE({0}, DATE '2020-01-01') + 1",
    "datetime": "COALESCE({0}, TIMESTAMP '2020-01-01') + INTERVAL '2 hours'",
    "many2one_reference": "COALESCE({0}, 0) + 1",
    "char": "'✗' || substr(COALESCE({0}, ''), 2)",
    "text": "'✗' || substr(COALESCE({0}, ''), 2)",
    "html": "COALESCE({0}, '') || '<p>✗</p>'",
}
"""Type of field → SQL of another value than the column holds."""


class _Undo(Exception):
    pass


@contextmanager
def plant(record, name):
    """Yield (value, planted value) while a field of a record holds a wrong value."""
    env = record.env
    env.flush_all()
    old = record[name]
    try:
        with suppress(_Undo), env.cr.savepoint(flush=False):
            _plant(record, name)
            env.invalidate_all(flush=False)
            new = record[name]
            if new == old:
                raise AssertionError(f"nothing was planted in {record} {name}")
            yield old, new
            raise _Undo
    finally:
        env.invalidate_all(flush=False)


def _plant(record, name):
    field = record._fields[name]
    if field.type == "one2many":
        _plant_row(record, name)
    elif field.type == "many2many":
        _plant_list(record, name)
    elif not field.store or field.company_dependent:
        record.write({name: _make_up(record, field)})
        record.env.flush_all()
    else:
        _plant_column(record, field)


def _plant_column(record, field):
    column = SQL.identifier(field.name)
    if field.translate:
        new = SQL(
            "(SELECT jsonb_object_agg(key, value || '✗') FROM jsonb_each_text(%s))",
            column,
        )
    elif field.type in ("many2one", "selection"):
        new = SQL("%s", _choose(record, field) or None)
    else:
        before, after = OTHER[field.type].split("{0}", 1)
        new = SQL("%s%s%s", SQL(before), column, SQL(after))
    record.env.cr.execute(
        SQL(
            "UPDATE %s SET %s = %s WHERE id = %s",
            SQL.identifier(record._table),
            column,
            new,
            record.id,
        )
    )


def _make_up(record, field):
    """Return another value than a field holds that is no column."""
    if field.type in ("char", "text", "html"):
        return f"{record[field.name] or ''}✗"
    if field.type in ("integer", "float", "monetary"):
        return (record[field.name] or 0) + 1
    return _choose(record, field)


def _choose(record, field):
    """Return another record or choice than the field holds, False where there is none."""
    if field.type == "many2one":
        others = record.env[field.comodel_name].with_context(active_test=False)
        return others.search([("id", "!=", record[field.name].id)], limit=1).id
    choices = field.get_values(record.env)
    return next((each for each in choices if each != record[field.name]), False)


def _plant_list(record, name):
    """Take an entry out of a list, or put one in."""
    field, there = record._fields[name], record[name]
    table, own, other = map(
        SQL.identifier, (field.relation, field.column1, field.column2)
    )
    if there:
        query = SQL(
            "DELETE FROM %s WHERE %s = %s AND %s = %s",
            table, own, record.id, other, there[0].id,
        )  # fmt: skip
    else:
        others = record.env[field.comodel_name].with_context(active_test=False)
        query = SQL(
            "INSERT INTO %s (%s, %s) VALUES (%s, %s)",
            table, own, other, record.id, others.search([], limit=1).id,
        )  # fmt: skip
    record.env.cr.execute(query)


def _plant_row(record, name):
    """Take the last row away."""
    rows = record[name].sorted("id")
    if rows:
        record.write({name: [Command.delete(rows[-1].id)]})
    record.flush_recordset()
