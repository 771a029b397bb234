"""A sample is some records and what hangs together with them, loaded for real."""

from ...connectors.core.source import Stream
from ...connectors.mapping.parts import ValueList
from ...connectors.mapping.vocabulary import (
    constant,
    email,
    field,
    html,
    lookup,
    lookup_by,
    mapping,
    strip,
    value_map,
)
from ..common import CrmMigrationCase, FakeSource

STREAMS = (
    Stream("companies", "Companies"),
    Stream("contacts", "Contacts", depends_on=("companies",)),
    Stream("deals", "Deals"),
    Stream("notes", "Notes"),
)
MAPPINGS = (
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        field("parent_id", "parent", lookup("companies")),
    ),
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", strip, required=True),
        field("email", "email", email),
        field("parent_id", "company", lookup_by("companies", "name")),
        after=("companies",),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "title", strip, required=True),
        field("type", None, constant("opportunity")),
        field("partner_id", "contact", lookup("contacts")),
        field("stage_id", "stage", value_map("stages")),
        after=("contacts",),
    ),
    mapping(
        "notes",
        "mail.message",
        field("body", "text", html, required=True),
        field("@thread", "deal", lookup("deals")),
        after=("deals",),
    ),
)
LISTS = (ValueList("stages", "Stages", "crm.stage", create=True),)
NAMES = ["Lund", "Ek", "Holm", "Berg", "Dahl", "Lind", "Strand", "Falk"]


class SampleCase(CrmMigrationCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.patch(FakeSource, "streams", STREAMS)
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        self.patch(FakeSource, "get_value_lists", lambda source: LISTS)
        self.job.duplicate_policy = "keep"
        self.use_source(
            companies=[
                {"id": n, "name": name, "parent": 1 if n in (4, 6) else None}
                for n, name in enumerate(NAMES, 1)
            ],
            contacts=[
                {
                    "id": n,
                    "name": f"Person {n}",
                    "email": f"p{n}@sample.example",
                    # By name, and written carelessly.
                    "company": f" {NAMES[n % 8].upper()}",
                }
                for n in range(1, 21)
            ],
            deals=[
                {"id": n, "title": f"Deal {n}", "contact": n % 20 + 1, "stage": "Drawn"}
                for n in range(1, 31)
            ],
            notes=[
                {"id": n, "text": f"<p>Note {n}</p>", "deal": n % 30 + 1}
                for n in range(1, 41)
            ],
        )

    def walk(self, stream, keys):
        """Return object → ids of what a sample of these is, from the raw rows alone."""
        data = {
            name: {row["id"]: row for row in rows}
            for name, rows in FakeSource.data.items()
        }
        by_name = {row["name"].lower(): row["id"] for row in data["companies"].values()}

        def above(name, key):
            row = data[name][key]
            if name == "companies":
                return [("companies", row["parent"])] if row["parent"] else []
            if name == "contacts":
                return [("companies", by_name[row["company"].strip().lower()])]
            target = {"deals": ("contacts", "contact"), "notes": ("deals", "deal")}[
                name
            ]
            return [(target[0], row[target[1]])]

        everything = [(name, key) for name in data for key in data[name]]
        found, added = {(stream, key) for key in keys}, True
        while added:
            added = {one for one in everything if found & set(above(*one))} - found
            found |= added
        added = True
        while added:
            added = {up for one in found for up in above(*one)} - found
            found |= added
        result = {}
        for name, key in found:
            result.setdefault(name, set()).add(str(key))
        return result

    def get_loaded(self):
        self.env.invalidate_all()
        result = {}
        for record in self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("state", "=", "loaded")]
        ):
            result.setdefault(record.stream, set()).add(record.source_id)
        return result

    def load_sample(self, stream="companies", size=2, seed="7", domain=None):
        wanted = {"stream": stream, "size": size, "seed": seed, "filter": domain}
        run = self.run_kind("load", {"sample": wanted})
        self.assertEqual(run.state, "done", run.blocked_reason)
        return run

    def get_roots(self, stream, size=2, seed="7", domain=None):
        wanted = {"stream": stream, "size": size, "seed": seed, "filter": domain}
        ids = self.env["crm.migration.sample.draw"]._draw(self.job, wanted)
        records = self.env["crm.migration.record"].browse(ids)
        return {int(key) for key in records.mapped("source_id")}
