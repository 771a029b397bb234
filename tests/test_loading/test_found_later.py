"""A link whose other end comes only with a newer reading is set, and nothing else is."""

from odoo.tests import tagged

from ...connectors.core.source import Stream
from ...connectors.mapping.vocabulary import (
    constant,
    field,
    lookup,
    lookup_all,
    lookup_by,
    mapping,
    strip,
)
from ..common import CrmMigrationCase, FakeSource

STREAMS = (
    Stream("labels", "Labels"),
    Stream("companies", "Companies"),
    Stream("contacts", "Contacts"),
    Stream("deals", "Deals", depends_on=("companies", "labels")),
)
MAPPINGS = (
    mapping("labels", "crm.tag", field("name", "name", strip, required=True)),
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
    ),
    mapping(
        "contacts",
        "res.partner",
        field("name", "name", strip, required=True),
        field("parent_id", "company", lookup_by("companies", "name")),
        after=("companies",),
    ),
    mapping(
        "deals",
        "crm.lead",
        field("name", "name", strip, required=True),
        field("type", None, constant("opportunity")),
        field("partner_id", "company", lookup("companies")),
        field("tag_ids", "labels", lookup_all("labels")),
        after=("companies", "labels"),
    ),
)


@tagged("post_install", "-at_install")
class TestFoundLater(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.patch(FakeSource, "streams", STREAMS)
        self.patch(FakeSource, "get_mappings", lambda source: MAPPINGS)
        self.use_source(
            labels=[{"id": 1, "name": "late one"}, {"id": 3, "name": "late three"}],
            companies=[{"id": 1, "name": "Early"}],
            contacts=[
                {"id": 1, "name": "Ann of Later", "company": "Nova of Later"},
                {"id": 2, "name": "Bo of Later", "company": "Nobody of Later"},
            ],
            deals=[
                {"id": 1, "name": "Roof", "company": 7, "labels": [1, 2, 3]},
                {"id": 2, "name": "Floor", "company": 8, "labels": [1]},
            ],
        )
        self.run_kinds("discover", "extract", "load", "verify")
        self.deal = self.migrated("deals", "1")
        self.add(labels={"id": 2, "name": "late two"})
        self.add(companies={"id": 7, "name": "Nova of Later"})

    def add(self, **rows):
        for stream, row in rows.items():
            FakeSource.data[stream].append(row)

    def load_changes(self):
        run = self.run_kind("extract", {"again": True})
        self.assertEqual(run.state, "done", run.blocked_reason)
        return self.run_kinds("load")

    def get_open(self):
        self.env.invalidate_all()
        found = self.get_messages("reference_missing")
        return {(m.stream, m.source_id, m.field) for m in found if m.state == "open"}

    def test_it_is_set_though_the_record_is_unchanged(self):
        self.assertFalse(self.deal.partner_id)
        self.assertEqual(len(self.get_open()), 5)
        run = self.load_changes()
        nova = self.migrated("companies", "7")
        self.assertEqual(self.deal.partner_id, nova)
        self.assertEqual(
            set(self.deal.tag_ids.mapped("name")),
            {"late one", "late two", "late three"},
        )
        self.assertEqual(self.migrated("contacts", "1").parent_id, nova, "by its name")
        # Its notes have said whom it names.
        self.assertFalse(self.migrated("contacts", "1").comment)
        self.assertEqual((run.created_count, run.updated_count), (2, 1))
        left = {("contacts", "2", "parent_id"), ("deals", "2", "partner_id")}
        self.assertEqual(self.get_open(), left)
        self.run_kinds("verify")
        differences = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(
            differences.mapped(lambda d: (d.stream, d.field, d.expected, d.found))
        )
        self.assertEqual(self.get_open(), left)
        again = self.load_changes()
        self.assertEqual((again.created_count, again.updated_count), (0, 0))
        self.run_kinds("rollback")
        self.assertFalse(self.deal.exists() or nova.exists())

    def test_also_where_what_was_read_is_wiped(self):
        self.job._clean_up({("data", "payloads"), ("data", "values")})
        self.load_changes()
        nova = self.migrated("companies", "7")
        self.assertEqual(self.deal.partner_id, nova)
        self.assertEqual(self.migrated("contacts", "1").parent_id, nova, "by its name")

    def test_what_a_person_has_done_meanwhile_stays(self):
        own = self.env["res.partner"].create({"name": "Own of Later"})
        self.deal.write(
            {"partner_id": own.id, "tag_ids": [(3, self.migrated("labels", "3").id)]}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET write_date = now() + interval '1 hour' WHERE id = %s",
            [self.deal.id],
        )
        self.env.invalidate_all()
        self.load_changes()
        self.assertEqual(self.deal.partner_id, own)
        self.assertEqual(
            set(self.deal.tag_ids.mapped("name")), {"late one", "late two"}
        )

    def test_what_somebody_has_deleted_is_not_looked_at_each_time(self):
        self.load_changes()
        self.add(deals={"id": 3, "name": "Door", "company": 7, "labels": []})
        self.migrated("companies", "7").unlink()
        self.load_changes()
        self.assertIn(("deals", "3", "partner_id"), self.get_open())
        run = self.load_changes()
        self.assertEqual((run.created_count, run.updated_count), (0, 0))
        self.assertIn(("deals", "3", "partner_id"), self.get_open())
