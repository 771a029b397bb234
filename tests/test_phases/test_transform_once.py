"""A load does not turn into values again what the reading has, unless something changed."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.crm_migration.models.phases import transform_write

from ..common import CrmMigrationCase, FakeSource

ROWS = {
    "companies": [
        {"id": 1, "name": "Azulejos Norte", "email": "geral@norte.example"},
        {"id": 2, "name": ""},
    ],
    "contacts": [{"id": 1, "name": "Marta Oliveira", "company_id": 1}],
    "deals": [
        {"id": 1, "title": "Façade", "amount": "1,234.50", "company_id": 1},
        {"id": 2, "title": "Roof", "amount": "a lot"},
    ],
}
NOT_RIGHT = [("companies", "2"), ("deals", "2")]


@tagged("post_install", "-at_install")
class TestTransformOnce(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.use_source(
            **{name: [dict(r) for r in rows] for name, rows in ROWS.items()}
        )
        self.converted = []
        phase = type(self.env["crm.migration.phase.transform"])
        convert = phase._convert

        def noting(worker, plan, row):
            self.converted.append((row["stream"], row["source_id"]))
            return convert(worker, plan, row)

        patcher = patch.object(phase, "_convert", noting)
        patcher.start()
        self.addCleanup(patcher.stop)
        self.run_kinds("discover", "extract")
        self.assertEqual(len(self.converted), 5)

    def transform(self, kind="load"):
        """Return which records a run turns into values."""
        self.converted.clear()
        self.run_kind(kind)
        return sorted(self.converted)

    def get_rows(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT stream, source_id, values, name, state, problem, message"
            " FROM crm_migration_record WHERE job_id = %s ORDER BY 1, 2",
            [self.job.id],
        )
        return self.env.cr.fetchall()

    def get_open(self):
        messages = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("phase", "=", "transform")]
        )
        return sorted(
            (m.stream, m.source_id, m.code) for m in messages if m.state == "open"
        )

    def test_only_what_was_not_quite_right_is_looked_at_again(self):
        before, told = self.get_rows(), self.get_open()
        self.assertEqual([each[:2] for each in told], NOT_RIGHT)
        self.assertEqual(self.transform("transform"), NOT_RIGHT)
        self.assertEqual(self.get_rows(), before)
        self.assertEqual(self.get_open(), told)

    def test_all_of_it_comes_to_the_same(self):
        self.transform("transform")
        before, told = self.get_rows(), self.get_open()
        self.job.stream_ids.plan_hash = False
        self.assertEqual(len(self.transform("transform")), 5)
        self.assertEqual((self.get_rows(), self.get_open()), (before, told))

    def test_what_is_too_long_for_one_statement_is_written_in_several(self):
        before = self.get_rows()
        self.env.cr.execute(
            "UPDATE crm_migration_record SET values = NULL, is_transformed = FALSE"
            " WHERE job_id = %s",
            [self.job.id],
        )
        with patch.object(transform_write, "MAX_WRITTEN", 200):
            self.assertEqual(len(self.transform("transform")), 5)
        self.assertEqual(self.get_rows(), before)

    def test_what_is_loaded_and_has_not_changed_stays(self):
        self.transform()
        self.assertEqual(self.transform(), NOT_RIGHT)

    def test_an_object_whose_mapping_changed_is_gone_through_again(self):
        line = self.job.mapping_ids.line_ids.filtered(
            lambda each: (each.mapping_id.stream, each.target) == ("deals", "name")
        )
        line.steps = [["constant", "Roof"]]
        self.assertIn(("deals", "1"), self.transform("transform"))
        self.assertNotIn(("contacts", "1"), self.converted)
        record = self.env["crm.migration.record"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", "deals"),
                ("source_id", "=", "1"),
            ]
        )
        self.assertEqual(record.values[""]["name"], "Roof")

    def test_what_changed_in_the_source_is_converted_and_loaded(self):
        self.transform()
        FakeSource.data["contacts"][0]["name"] = "Marta Reis"
        self.assertEqual(
            [each for each in self.transform("extract") if each[0] == "contacts"],
            [("contacts", "1")],
        )
        self.run_kind("load")
        self.assertEqual(self.migrated("contacts", "1").name, "Marta Reis")

    def test_what_a_person_corrected_is_converted(self):
        record = self.env["crm.migration.record"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", "deals"),
                ("source_id", "=", "1"),
            ]
        )
        record._edit("", "name", "Gate")
        self.assertIn(("deals", "1"), self.transform("transform"))

    def test_a_mapping_that_is_changed_halfway_is_applied_to_all_next_time(self):
        phase = self.env["crm.migration.phase.transform"]
        run = self.job.run_ids.create({"job_id": self.job.id, "kind": "transform"})
        self.job.run_id = run
        run.phase = "transform"
        self.job.stream_ids.plan_hash = False
        phase._begin(run)
        phase._get_plan(run)
        line = self.job.mapping_ids.line_ids.filtered(
            lambda each: (each.mapping_id.stream, each.target) == ("deals", "name")
        )
        line.steps = [["constant", "Roof"]]
        phase._run_batch(run)
        phase._finish(run)
        hashes = {s.name: s.plan_hash for s in self.job.stream_ids}
        self.assertEqual(hashes["deals"], "?")
        self.assertEqual(len(hashes["contacts"]), 32)
        run.state = "done"
        self.assertIn(("deals", "1"), self.transform("transform"))
