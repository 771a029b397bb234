"""What tests of targets share: how their data is told, and the database it is loaded into."""

from __future__ import annotations

import dataclasses
from collections import Counter

from odoo.tools import SQL

from ..connectors.mapping.apply import applies, apply, as_json
from ..connectors.mapping.vocabulary import field, mapping
from .digests import count_moves, get_row_hashes

STREAM = "conformed"
CREATED, CHANGED = "2019-03-04 05:06:07", "2020-02-29 23:59:58"
ORIGIN = {
    "@created_at": CREATED,
    "@updated_at": CHANGED,
    "@created_by": {"$owner": "anna"},
    "@updated_by": {"$owner": "anna"},
}
"""What every row says besides, unless it says otherwise itself."""
ENDS = {
    "@created_at": ("create_date",),
    "@created_by": ("create_uid",),
    "@updated_at": ("write_date",),
    "@updated_by": ("write_uid",),
}
NEEDS = (
    (
        "companies",
        "res.partner",
        {
            "1": {"name": "Ærø & Søn ApS", "is_company": True},
            "2": {"name": "Beta Lda", "is_company": True},
        },
    ),
    (
        "contacts",
        "res.partner",
        {
            "1": {"name": "Bob Ó Briain", "parent_id": {"$ref": ["companies", "1"]}},
            "2": {"name": "Zoë <b>", "email": "zoe@beta.example"},
        },
    ),
    ("deals", "crm.lead", {"1": {"name": "Roof ✓"}, "2": {"name": "Gate"}}),
)
"""What is loaded before, for rows to refer to: (stream, model, rows)."""
AUDIT = ("create_date", "write_date", "create_uid", "write_uid")
NOTES = ("comment", "description", "note", "body")
MAILED = ("mail_mail", "mail_notification", "bus_bus", "mail_push")


def ref(stream, source_id):
    """Return a reference to what a row of another stream became."""
    return {"$ref": [stream, source_id]}


ANNA = {"$owner": "anna"}


@dataclasses.dataclass(frozen=True)
class TargetData:
    """Invented and awkward data of one target.

    :param model: Odoo model that the target describes
    :param rows: source id → {target: value}, as staged
    :param changed: targets that the source changes later in the first row
    :param edit: {field: value} that a person writes in the meantime; one of ``changed``
    :param before: values of a record of the same identity that Odoo had
    :param matched: ids of the rows that are that record, not one of their own
    :param merged: ids of rows that two of them share with an earlier one
    :param sides: table → rows that the load adds beside those of the model itself
    :param sides_of_stand_in: the same of what stands in for the model
    :param stirred: tables of named sequences, whose rows may change
    :param ends: target that is no field → the fields that it ends in; ``rows.cell`` for
        one of a row that belongs to the record, ``()`` for what a planted value cannot
        show, with the reason beside it
    :param unplanted: field that the mapping sets → why no planted value tells of it
    :param needs: (stream, model, rows) that are loaded before, beside ``NEEDS``
    :param decided: (list, key) → (model, values) of the record that a value means
    :param files: path → bytes that the source has
    :param undated: the records bear dates of their own, for the reason given here
    """

    model: str
    rows: dict
    changed: dict = dataclasses.field(default_factory=dict)
    edit: dict = dataclasses.field(default_factory=dict)
    before: dict | None = None
    matched: tuple = ()
    sides: dict = dataclasses.field(default_factory=dict)
    sides_of_stand_in: dict = dataclasses.field(default_factory=dict)
    ends: dict = dataclasses.field(default_factory=dict)
    unplanted: dict = dataclasses.field(default_factory=dict)
    needs: tuple = ()
    decided: dict = dataclasses.field(default_factory=dict)
    files: dict = dataclasses.field(default_factory=dict)
    undated: str = ""
    stirred: tuple = ()


@dataclasses.dataclass(frozen=True)
class Part:
    """Rows that one model takes in this database; the model itself or a stand-in."""

    stream: str
    model: str
    rows: dict
    changed: dict
    edit: dict
    data: TargetData | None
    is_wanted: bool


class TargetWorld:
    """``data`` is what is loaded; ``described`` the data of all targets, by model."""

    maxDiff = None
    data = None
    described = {}

    # -- the database before -----------------------------------------------------

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.data:
            return
        cls._prepare_world()
        cls.parts = cls._resolve_parts()
        cls.env.flush_all()
        cls.env.cr.precommit.run()
        cls.moves = count_moves(cls.env)
        cls.hashes = get_row_hashes(cls.env)

    @classmethod
    def _prepare_world(cls):
        case = cls()
        case.mappings = {}
        targets = cls.env["crm.migration.target"]
        for stream, model, rows in (*NEEDS, *cls.data.needs):
            here = targets._get_model_here(model)
            if here and targets._get_target_name(here):
                case.load(stream, here, rows)
        for (name, key), (model, values) in cls.data.decided.items():
            if model not in cls.env:
                continue
            if isinstance(values, str):
                record = cls.env.ref(values)
            else:
                record = cls.env[model].create(values)
            case.decide(name, key, record)
        if cls.data.before and cls.data.model in cls.env:
            record = cls.env[cls.data.model].create(cls.data.before)
            cls.env.flush_all()
            if record._log_access:
                cls.env.cr.execute(
                    SQL(
                        "UPDATE %s SET write_date = write_date - INTERVAL '1 year'"
                        " WHERE id = %s",
                        SQL.identifier(record._table),
                        record.id,
                    )
                )
            cls.before = record
        cls.env.invalidate_all()

    @classmethod
    def _resolve_parts(cls):
        """Return what becomes of the rows here: as they are, or restated."""
        data = cls.data
        origin = {} if data.undated else ORIGIN
        rows = {key: {**origin, **row} for key, row in data.rows.items()}
        first = next(iter(rows))
        changed = {**rows[first], **data.changed}
        targets = list(dict.fromkeys(n for r in (*rows.values(), changed) for n in r))
        wanted = mapping(STREAM, data.model, *(field(name, name) for name in targets))
        found, cls.left_out = cls.env["crm.migration.target"]._resolve_mappings(
            [wanted]
        )
        if found and found[0] is wanted:
            return [Part(STREAM, data.model, rows, changed, data.edit, data, True)]
        return [
            cls._restate(STREAM + " 2" * (number > 0), item, rows, changed, data)
            for number, item in enumerate(found)
        ]

    @classmethod
    def _restate(cls, stream, item, rows, changed, data):
        here, first = as_json(item), next(iter(rows))
        restated = {
            key: apply(here["fields"], row).values
            for key, row in rows.items()
            if applies(here, row)
        }
        renamed = {each.source: each.target for each in item.fields if each.source}
        edit = {
            renamed[name]: value
            for name, value in data.edit.items()
            if not renamed[name].startswith("@")
        }
        again = apply(here["fields"], changed).values if first in restated else {}
        other = cls.described.get(item.model)
        return Part(stream, item.model, restated, again, edit, other, False)

    def setUp(self):
        super().setUp()
        if self.data.files:
            self.give_files(self.data.files)

    # -- tools -------------------------------------------------------------------

    def load_part(self, part, rows=None):
        return self.load(part.stream, part.model, rows or part.rows)

    def created(self, part):
        """Return source id → record of the rows for which one was created."""
        records = {}
        for key in part.rows:
            map_ = self.map_row(part.stream, key)
            if map_.outcome == "created":
                records[key] = self.env[map_.res_model].browse(map_.res_id)
        return records

    def changes(self):
        """Return table → (rows that are no more what they were, rows that came)."""
        self.env.flush_all()
        moved = {
            name
            for name, moves in count_moves(self.env).items()
            if moves != self.moves.get(name)
        }
        now = get_row_hashes(self.env, moved)
        found = {}
        for name in (moved & now.keys()) - {*self.data.stirred}:
            before = self.hashes.get(name, Counter())
            gone, come = before - now[name], now[name] - before
            if gone or come:
                found[name] = (gone.total(), come.total())
        return found

    def own_tables(self, part):
        """Return the tables of a model and of its lists of other records."""
        model = self.env[part.model]
        relations = {f.relation for f in model._fields.values() if f.store and f.type == "many2many"}  # fmt: skip
        rows = {
            self.env[f.comodel_name]._table
            for name, f in model._fields.items()
            if f.type == "one2many" and any(name in row for row in part.rows.values())
        }
        return {model._table, *relations, *rows}

    def unload_part(self, part):
        """Take back what was loaded, and what the migration made for it."""
        self.unload(part.stream)
        helpers = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("stream", "=", "@helper")]
        )
        for model, maps in helpers.grouped("res_model").items():
            self.env["crm.migration.target"]._for(model)._roll_back(self.load_run, maps)
        self.env.invalidate_all()

    def get_sides(self, part):
        more = {} if part.is_wanted else self.data.sides_of_stand_in
        return {**(part.data.sides if part.data else {}), **more}

    def list_waiting(self):
        """Return what waits to be told to people when the transaction is committed."""
        return {
            str(name): len(values)
            for name, values in self.env.cr.precommit.data.items()
            if isinstance(values, list | dict | set) and values and "bus" in str(name)
        }

    def read_columns(self, record):
        self.env.cr.execute(
            SQL(
                "SELECT to_jsonb(own) FROM %s AS own WHERE id = %s",
                SQL.identifier(record._table),
                record.id,
            )
        )
        (row,) = self.env.cr.fetchone()
        return {k: v for k, v in row.items() if k not in ("id", "message_id", *AUDIT)}
