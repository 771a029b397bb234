"""Several mappings of one object to one model are several, whatever becomes of them."""

from odoo.tests import tagged

from ...connectors.mapping.vocabulary import (
    constant,
    field,
    is_one_of,
    left_out,
    mapping,
    strip,
)
from ..common import CrmMigrationCase, FakeSource

PEOPLE = (
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("is_company", None, constant(True)),
        when=is_one_of("kind", "firm"),
        label="Firms",
    ),
    mapping(
        "companies",
        "res.partner",
        field("name", "name", strip, required=True),
        field("ref", "name", strip),
        when=is_one_of("kind", "person"),
        label="Persons",
        key="persons",
    ),
    mapping(
        "companies",
        "x.of.an.app.that.is.not.here",
        field("name", "name", strip, required=True),
        when=is_one_of("kind", "robot"),
    ),
)


@tagged("post_install", "-at_install")
class TestMappingIdentity(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.patch(FakeSource, "get_mappings", lambda source: PEOPLE)
        self.patch(
            FakeSource,
            "left_out",
            (
                left_out(
                    "companies", "A test of the vendor.", is_one_of("kind", "test")
                ),
            ),
        )
        self.use_source(
            companies=[
                {"id": 1, "name": "Moreira & Filhos", "kind": "firm"},
                {"id": 2, "name": "Ana Moreira", "kind": "person"},
                {"id": 3, "name": "TEST do not use", "kind": "test"},
                {"id": 4, "name": "R2", "kind": "robot"},
                {"id": 5, "name": "Lost", "kind": "???"},
            ]
        )

    def stage(self):
        for kind in ("discover", "extract"):
            self.run_kind(kind)

    def get_reason(self, source_id):
        record = self.staged("companies").filtered(lambda r: r.source_id == source_id)
        return record.state, record.message

    def test_each_record_is_taken_by_the_mapping_that_is_meant_for_it(self):
        self.stage()
        self.assertEqual(
            self.job.mapping_ids.mapped(lambda m: (m.label, m.key or "")),
            [("Firms", ""), ("Persons", "persons")],
        )
        self.run_kind("load")
        self.assertTrue(self.migrated("companies", "1").is_company)
        self.assertEqual(self.migrated("companies", "2").ref, "Ana Moreira")

    def test_what_nobody_takes_says_why(self):
        self.stage()
        self.assertEqual(
            self.get_reason("3"), ("skipped", "Left out: A test of the vendor.")
        )
        self.assertIn("x.of.an.app.that.is.not.here", self.get_reason("4")[1])
        self.assertEqual(
            self.get_reason("5"), ("skipped", "No mapping applies to this record.")
        )
        self.assertEqual(self.get_messages("no_rule").severity, "error")
        self.assertEqual(
            set(self.get_messages("left_out").mapped("severity")), {"info"}
        )

    def test_a_mapping_that_a_person_left_out_is_named_as_the_reason(self):
        self.stage()
        self.job.mapping_ids.filtered(lambda m: m.key == "persons").selected = False
        self.run_kind("transform")
        self.assertIn("Persons", self.get_reason("2")[1])

    def test_discovering_again_after_an_update_adds_none_twice(self):
        self.stage()
        mappings = self.job.mapping_ids
        lines = mappings.line_ids
        self.run_kind("discover")
        self.assertEqual(self.job.mapping_ids, mappings)
        self.assertEqual(mappings.line_ids, lines)

    def test_a_plan_tells_them_apart(self):
        self.stage()
        firms, persons = self.job.mapping_ids
        names = (firms | persons).line_ids.filtered(lambda line: line.target == "name")
        names.filtered(lambda line: line.mapping_id == persons).write(
            {"state": "ignored", "ignore_reason": "Told by phone."}
        )
        plan = self.job._export_plan()
        other = self.env["crm.migration.job"]._import_plan(plan)
        self.patch(type(self), "job", other)
        self.stage()
        found = other.mapping_ids.line_ids.filtered(lambda line: line.target == "name")
        self.assertEqual(
            found.mapped(lambda line: (line.mapping_id.key or "", line.state)),
            [("", "accepted"), ("persons", "ignored")],
        )
        ref = other.mapping_ids.line_ids.filtered(lambda line: line.target == "ref")
        self.assertEqual(ref.state, "accepted")

    def test_the_review_shows_the_mapping_that_took_the_record(self):
        self.stage()
        record = self.staged("companies").filtered(lambda r: r.source_id == "2")
        targets = [row["target"] for row in record.comparison]
        self.assertEqual(sorted(targets), ["name", "ref"])
