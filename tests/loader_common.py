"""A migration without a source: staged values go straight into a loader."""

import hashlib
import json
from collections import Counter
from unittest.mock import patch

from odoo.tests import TransactionCase
from odoo.tools import SQL

from ..connectors import available_sources


class LoaderCase(TransactionCase):
    """Stage rows with ``stage``, load them with ``load``, look at what came out.

    >>> self.load("companies", "res.partner", {"1": {"name": "Ærø ApS"}})
    >>> self.loaded("companies", "1").name
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.job = cls.env["crm.migration.job"].create(
            {
                "name": "Loaders",
                "source": next(iter(available_sources())),
                "company_id": cls.company.id,
                "team_id": cls.env["crm.team"].create({"name": "Moved"}).id,
                "country_id": cls.env.ref("base.pt").id,
            }
        )
        cls.load_run = cls.env["crm.migration.run"].create(
            {"job_id": cls.job.id, "kind": "load", "phase": "load"}
        )
        cls.job.run_id = cls.load_run
        cls.anna = cls.env["res.users"].create(
            {
                "name": "Anna Ågren",
                "login": "anna.agren@example.test",
                "email": "anna.agren@example.test",
                "company_id": cls.company.id,
                "company_ids": [(6, 0, cls.company.ids)],
            }
        )
        cls.env["crm.migration.owner"].create(
            {
                "job_id": cls.job.id,
                "key": "anna",
                "name": "Anna",
                "user_id": cls.anna.id,
            }
        )

    def setUp(self):
        super().setUp()
        self.mappings = {}

    # -- staging ---------------------------------------------------------------

    def mapping(self, stream, model, part=""):
        key = (stream, part)
        if key not in self.mappings:
            line = self.env["crm.migration.stream"].search(
                [("job_id", "=", self.job.id), ("name", "=", stream)]
            ) or self.env["crm.migration.stream"].create(
                {"job_id": self.job.id, "name": stream, "label": stream.title()}
            )
            self.mappings[key] = self.env["crm.migration.mapping"].create(
                {
                    "job_id": self.job.id,
                    "stream_id": line.id,
                    "part": part,
                    "model_name": model,
                }
            )
        return self.mappings[key]

    def stage(self, stream, model, rows, part="", payload=None):
        """Put rows (source id → values) into staging, in their order."""
        mapping = self.mapping(stream, model, part)
        Record = self.env["crm.migration.record"]
        for source_id, values in rows.items():
            record = Record.search(
                [
                    ("job_id", "=", self.job.id),
                    ("stream", "=", stream),
                    ("source_id", "=", source_id),
                ]
            )
            if record:
                record.values = {**(record.values or {}), part: values}
                continue
            Record.create(
                {
                    "job_id": self.job.id,
                    "stream_id": mapping.stream_id.id,
                    "stream": stream,
                    "source_id": source_id,
                    "name": values.get("name"),
                    "payload": payload and payload.get(source_id) or {"id": source_id},
                    "values": {part: values},
                    "state": "ready",
                }
            )
        self.env.flush_all()
        return mapping

    def rows(self, stream, ids, part="", **more):
        """Return the rows as the phase gives them to a loader."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT record.id, record.stream, record.source_id, record.name,
                   record.values -> %s AS values, map.res_id, map.outcome,
                   map.values_hash, map.rollback_action, map.watermark,
                   map.withheld, map.loaded_at, map.settled_at, map.extras
              FROM crm_migration_record AS record
              LEFT JOIN crm_migration_id_map AS map
                ON map.job_id = record.job_id AND map.stream = record.stream
               AND map.source_id = record.source_id AND map.part = %s
             WHERE record.job_id = %s AND record.stream = %s
               AND record.source_id = ANY(%s)
             ORDER BY record.id
            """,
            [part, part, self.job.id, stream, list(ids)],
        )
        rows = []
        for row in self.env.cr.dictfetchall():
            mapped = {
                name: row.pop(name)
                for name in ("res_id", "outcome", "values_hash", "rollback_action")
            }
            row["mapped"] = mapped if mapped["res_id"] else None
            rows.append(
                {**row, "part": part, "unmapped_values": [], "decision": None, **more}
            )
        return rows

    # -- loading ---------------------------------------------------------------

    def load(self, stream, model, rows, part="", payload=None, **more):
        """Stage and load rows; return the Counter."""
        mapping = self.stage(stream, model, rows, part, payload)
        loader = self.env["crm.migration.target"]._for(model)
        counter = loader._load(
            self.load_run, mapping, self.rows(stream, rows, part, **more)
        )
        assert isinstance(counter, Counter)
        assert sum(counter.values()) == len(rows), "every row is counted once"
        self.env.invalidate_all()
        return counter

    def map_row(self, stream, source_id, part=""):
        return self.env["crm.migration.id.map"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", stream),
                ("source_id", "=", source_id),
                ("part", "=", part),
            ]
        )

    def loaded(self, stream, source_id, part=""):
        """Return the Odoo record of a source record."""
        map_ = self.map_row(stream, source_id, part)
        assert map_, f"{stream} {source_id} was loaded"
        return self.env[map_.res_model].browse(map_.res_id)

    def staged(self, stream, source_id):
        return self.env["crm.migration.record"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", stream),
                ("source_id", "=", source_id),
            ]
        )

    def messages(self, code=None):
        domain = [("job_id", "=", self.job.id)]
        if code:
            domain.append(("code", "=", code))
        return self.env["crm.migration.message"].search(domain)

    def verify(self, stream, model, ids, part=""):
        mapping = self.mapping(stream, model, part)
        loader = self.env["crm.migration.target"]._for(model)
        compared, differences = loader._verify(
            self.load_run, mapping, self.rows(stream, ids, part)
        )
        assert compared > 0, "something was compared"
        return differences

    def settle(self, stream, model, ids, part=""):
        """Bring loaded records into their final state; return who waits."""
        mapping = self.mapping(stream, model, part)
        target = self.env["crm.migration.target"]._for(model)
        rows = self.rows(stream, ids, part)
        for row in rows:
            row |= {**row["mapped"], "mapped": None}
        waiting = target._settle_all(self.load_run, mapping, rows)
        settled = [row["id"] for row in rows if row["id"] not in waiting]
        self.env.cr.execute(
            "UPDATE crm_migration_id_map AS map SET settled_at = now()"
            "  FROM crm_migration_record AS record WHERE record.id = ANY(%s)"
            "   AND map.job_id = record.job_id AND map.stream = record.stream"
            "   AND map.source_id = record.source_id AND map.part = %s",
            [settled, part],
        )
        self.env.invalidate_all()
        return {row["source_id"] for row in rows if row["id"] in waiting}

    def unload(self, stream):
        maps = self.env["crm.migration.id.map"].search(
            [("job_id", "=", self.job.id), ("stream", "=", stream)], order="id desc"
        )
        model = maps[0].res_model
        counter = (
            self.env["crm.migration.target"]._for(model)._roll_back(self.load_run, maps)
        )
        self.env.invalidate_all()
        return counter

    def work_on(self, record, **values):
        """Change a record as Anna, an hour after it was loaded."""
        record.with_user(self.anna).sudo().write(values)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET write_date = now() + interval '1 hour' WHERE id = %s",
                SQL.identifier(record._table),
                record.id,
            )
        )
        self.env.invalidate_all()

    # -- looking ---------------------------------------------------------------

    def ref(self, stream, source_id, *member):
        return {"$ref": [stream, source_id, *member]}

    def decide(self, name, key, record=None, choice=None, decision="map"):
        """Decide what a value means; return the reference to it."""
        self.env["crm.migration.value.map"].create(
            {
                "job_id": self.job.id,
                "list": name,
                "key": key,
                "decision": decision,
                "model_name": record and record._name,
                "choices": choice and [[choice, choice]],
                "target_ref": record and f"{record._name},{record.id}",
                "choice": choice,
            }
        )
        return {"$map": [name, key]}

    def phone(self, number):
        """Return a Portuguese number as Odoo's own form would write it."""
        partners = self.env["res.partner"]
        country = self.env.ref("base.pt")
        return partners._phone_format(
            number=number, country=country, force_format="INTERNATIONAL"
        )

    def table_digest(self, table, without=(), skip=()):
        """Return id → md5 of each row, to see that nobody else's data changed."""
        self.env.flush_all()
        self.env.cr.execute(
            f"SELECT id, to_jsonb(t) FROM {table} AS t WHERE NOT id = ANY(%s)",
            [list(without)],
        )
        return {
            row_id: hashlib.md5(
                json.dumps(
                    {k: v for k, v in row.items() if k not in skip}, sort_keys=True
                ).encode()
            ).hexdigest()
            for row_id, row in self.env.cr.fetchall()
        }

    def counts(self, *tables):
        self.env.flush_all()
        found = {}
        for table in tables:
            self.env.cr.execute(SQL("SELECT count(*) FROM %s", SQL.identifier(table)))
            found[table] = self.env.cr.fetchone()[0]
        return found

    def give_files(self, files):
        """Let the source have these files: path → bytes, or the error to raise."""

        def _read_file(job, reference):
            content = files[reference["path"]]
            if isinstance(content, Exception):
                raise content
            for start in range(0, len(content), 1024):
                yield content[start : start + 1024]

        patcher = patch.object(
            type(self.env["crm.migration.job"]), "_read_file", _read_file
        )
        self.startPatcher(patcher)
