"""Filters of objects: what passes is counted, loaded, and told; the rest waits."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..common import CrmMigrationCase

DEALS = [
    {"id": 1, "title": "Roof", "status": "Open", "amount": "12.5", "closed": None},
    {"id": 2, "title": "Gate", "status": "won", "amount": 900, "closed": "2024-02-29"},
    {
        "id": 3,
        "title": "Barn",
        "status": "open ",
        "amount": "",
        "closed": "2025-01-01T00:30:00+02:00",
        "tags": ["VIP", "North"],
        "owner": {"id": 7, "name": "Ana"},
        "a.b": "dotted",
        "hot": "Yes",
    },
    {"id": 4, "title": "", "status": "lost", "amount": "soon", "closed": "29.02.2024"},
]

PASSING = (
    ([["status", "=", "open"]], "13"),
    ([["status", "!=", "open"]], "24"),
    ([["status", "in", ["open", "LOST"]]], "134"),
    ([["status", "not in", ["open", "lost"]]], "2"),
    ([["title", "ilike", "A"]], "23"),
    ([["title", "not ilike", "a"]], "14"),
    ([["title", "empty", None]], "4"),
    ([["closed", "not empty", None]], "234"),
    ([["closed", "empty", None]], "1"),
    ([["amount", ">=", 12.5]], "12"),
    ([["amount", "<", 100]], "1"),
    ([["amount", "=", 900]], "2"),
    ([["amount", "!=", 900]], "134"),
    ([["closed", ">", "2024-02-29"]], "3"),
    ([["closed", ">=", "2024-02-29"]], "23"),
    ([["closed", "<=", "2024-12-31"]], "2"),
    ([["closed", "=", "2024-02-29"]], "2"),
    ([["tags", "=", "vip"]], "3"),
    ([["tags", "!=", "vip"]], "124"),
    ([["tags", "in", ["South", "North"]]], "3"),
    ([["owner.name", "=", "Ana"]], "3"),
    ([["owner.id", "=", 7]], "3"),
    ([["a.b", "=", "dotted"]], "3"),
    ([["hot", "=", True]], "3"),
    ([["hot", "=", False]], "124"),
    ([["hot", "!=", True]], "124"),
    ([["nowhere", "=", "x"]], ""),
    ([["status", "=", "open"], ["amount", ">", 1]], "1"),
    (["|", ["status", "=", "won"], ["amount", "<", 100]], "12"),
    (["!", ["status", "=", "won"]], "134"),
    (["&", ["status", "=", "open"], "!", ["title", "=", "Roof"]], "3"),
    ([["title", "=", "'; DROP TABLE crm_migration_record; --"]], ""),
    ([['x"]) || $', "=", "%s %(a)s"]], ""),
)


class FilterCase(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(setattr, type(self), "job", self.job)
        self.use_source(deals=DEALS, companies=[], contacts=[])

    def get_stream(self, name="deals"):
        return self.job.stream_ids.filtered(lambda stream: stream.name == name)

    def get_states(self, stream="deals"):
        self.env.invalidate_all()
        return {record.source_id: record.state for record in self.staged(stream)}


@tagged("post_install", "-at_install")
class TestFilters(FilterCase):
    def test_every_operator_on_what_was_staged(self):
        self.run_kinds("discover", "extract")
        stream = self.get_stream()
        for domain, expected in PASSING:
            with self.subTest(domain=domain):
                total, passing, _loaded = stream._count_filter(domain)
                self.assertEqual((total, passing), (4, len(expected)))
                stream._set_filter(domain)
                self.run_kinds("transform")
                left = {
                    k for k, state in self.get_states().items() if state == "skipped"
                }
                self.assertEqual(left, set("1234") - set(expected))

    def test_a_column_is_compared_as_its_mapping_reads_it(self):
        self.import_files(
            {
                "deals__csv": "id;deal name;amount;close date\n"
                "1;Roof;1.234,50 €;31.01.2024\n2;Gate;999,00 €;01.02.2024\n"
                "3;Barn;1.000 €;13.02.2024\n"
            }
        )
        self.run_kinds("discover", "extract")
        [stream] = self.job.stream_ids.filtered("staged_count")
        for domain, expected in (
            ([["amount", ">=", 1000]], 2),
            ([["amount", "=", 1000]], 1),
            ([["close date", ">=", "2024-02-01"]], 2),
            ([["close date", "<", "2024-02-01"]], 1),
            ([["close date", "=", "2024-02-13"]], 1),
        ):
            with self.subTest(domain=domain):
                self.assertEqual(stream._count_filter(domain)[1], expected)

    def test_what_cannot_be_meant_is_refused_in_words(self):
        self.run_kinds("discover", "extract")
        for domain, named in (
            ([["status", "like", "x"]], "like"),
            ([["amount", ">", "soon"]], "soon"),
            (["|", ["status", "=", "x"]], "|"),
            ([["status", "in", []]], "status in"),
            ({"status": "open"}, "filter"),
        ):
            with self.subTest(domain=domain), self.assertRaises(UserError) as caught:
                self.get_stream()._set_filter(domain)
            self.assertIn(named, str(caught.exception))

    def test_a_column_that_no_record_has_is_told(self):
        self.run_kinds("discover", "extract")
        domain = [["status", "=", "open"], ["stauts", "=", "open"]]
        self.get_stream()._set_filter(domain)
        self.run_kinds("load")
        [message] = self.get_messages("filter_column_gone")
        self.assertEqual(message.severity, "warning")
        self.assertIn("Deals asks for stauts, which no", message.text)

    def test_what_is_left_out_adds_up_and_has_its_reason(self):
        self.run_kinds("discover", "extract")
        self.get_stream()._set_filter([["status", "=", "open"]])
        self.run_kinds("load", "verify")
        states = {"1": "loaded", "2": "skipped", "3": "loaded", "4": "skipped"}
        self.assertEqual(self.get_states(), states)
        row = self.job.reconciliation_ids.filtered(
            lambda r: r.stream_id == self.get_stream() and not r.is_prediction
        ).sorted("id")[-1:]
        sums = [row[f"{n}_count"] for n in ("created", "skipped", "failed", "pending")]
        self.assertEqual(sums, [2, 2, 0, 0])
        self.assertTrue(row.is_balanced)
        [message] = self.get_messages("filtered")
        self.assertEqual(message.severity, "info")
        self.assertIn("2 of 4 records of Deals are left out", message.text)
        self.assertIn("status is open", message.text)
        line = self.env["crm.migration.overview"].search(
            [("job_id", "=", self.job.id), ("stream_id", "=", self.get_stream().id)]
        )
        self.assertIn("2 × Left out by the filter: status is open", line.reason_text)
        unaccounted = self.env["crm.migration.coverage"].search(
            [("job_id", "=", self.job.id), ("kind", "=", "unaccounted")]
        )
        self.assertNotIn(
            "2",
            unaccounted.mapped("sample_source_id")
            if "sample_source_id" in unaccounted._fields
            else [],
        )
        left = self.env["crm.migration.coverage"].search(
            [
                ("job_id", "=", self.job.id),
                ("kind", "=", "left_out"),
                ("reason", "ilike", "by the filter"),
            ]
        )
        self.assertTrue(left)

    def test_lifting_a_filter_loads_just_the_others(self):
        self.run_kinds("discover", "extract")
        self.get_stream()._set_filter([["status", "=", "open"]])
        self.run_kinds("load")
        roof = self.migrated("deals", "1")
        self.get_stream()._set_filter([["status", "!=", "lost"]])
        run = self.run_kinds("load")
        self.assertEqual((run.created_count, run.updated_count), (1, 0))
        self.assertEqual(self.migrated("deals", "1"), roof)
        self.assertEqual(self.migrated("deals", "2").name, "Gate")
        self.get_stream()._set_filter([])
        run = self.run_kinds("load")
        self.assertEqual((run.created_count, run.failed_count), (1, 0))
        # What is loaded stays, whatever a later filter says.
        self.get_stream()._set_filter([["status", "=", "nothing"]])
        self.assertEqual(
            self.get_stream()._count_filter([["status", "=", "x"]]), (4, 0, 4)
        )
        self.run_kinds("load", "verify")
        self.assertEqual(self.get_states()["1"], "loaded")
        self.assertTrue(roof.exists())
        self.run_kinds("rollback")
        self.assertFalse(roof.exists())

    def test_a_link_to_what_is_left_out_is_set_once_it_comes(self):
        self.use_source(
            companies=[{"id": 1, "name": "Old"}, {"id": 2, "name": "New"}],
            contacts=[{"id": 7, "name": "Ana", "company_id": 1}],
            deals=[],
        )
        self.run_kinds("discover", "extract")
        self.get_stream("companies")._set_filter([["name", "=", "New"]])
        self.run_kinds("load", "verify")
        ana = self.migrated("contacts", "7")
        self.assertFalse(ana.parent_id)
        [message] = self.get_messages("reference_filtered")
        self.assertEqual(message.severity, "info")
        self.assertIn("“Old” (Companies), which a filter leaves out", message.text)
        self.assertFalse(
            self.env["crm.migration.difference"].search([("job_id", "=", self.job.id)])
        )
        self.run_kinds("load")
        self.assertEqual(len(self.get_messages("reference_filtered")), 1)
        self.get_stream("companies")._set_filter([])
        self.run_kinds("load", "verify")
        self.assertEqual(ana.parent_id, self.migrated("companies", "1"))
        self.assertEqual(self.job.phase, "done")

    def test_nothing_is_merged_with_what_is_left_out(self):
        self.use_source(
            companies=[],
            contacts=[
                {"id": 1, "name": "Ana", "email": "ana@filter.example"},
                {"id": 2, "name": "Ana", "email": "ana@filter.example"},
            ],
            deals=[],
        )
        self.run_kinds("discover", "extract")
        pair = self.env["crm.migration.duplicate"].search(
            [("job_id", "=", self.job.id)]
        )
        pair.filtered(lambda p: p.kind == "source").decision = "merge"
        self.get_stream("contacts")._set_filter([["id", "!=", 1]])
        run = self.run_kinds("load")
        self.assertEqual((run.created_count, run.failed_count), (1, 0))

    def test_a_plan_carries_filters_and_refuses_what_cannot_be_meant(self):
        self.run_kinds("discover", "extract")
        self.get_stream()._set_filter([["status", "=", "open"]])
        plan = self.job._export_plan()
        self.assertEqual(plan["filters"], {"deals": [["status", "=", "open"]]})
        type(self).job = self.env["crm.migration.job"]._import_plan(plan)
        self.run_kinds("discover", "extract")
        self.assertEqual(self.get_states()["2"], "skipped")
        # Whoever changes it later is not overruled by the plan.
        dialog = self.env["crm.migration.filter"].create(
            {"stream_id": self.get_stream().id}
        )
        dialog.line_ids.unlink()
        dialog.action_apply()
        self.work(self.job.run_id)
        self.assertEqual(self.get_states()["2"], "ready")
        bad = {**plan, "filters": {"deals": [["status", "like", "x"]], "contacts": 1}}
        with self.assertRaises(UserError) as caught:
            self.env["crm.migration.job"]._import_plan(bad)
        self.assertIn("filters.deals", str(caught.exception))
        self.assertIn("filters.contacts", str(caught.exception))

    def test_the_dialog_counts_before_anything_is_written(self):
        self.run_kinds("discover", "extract")
        action = self.get_stream().action_open_filter()
        with Form(
            self.env["crm.migration.filter"].with_context(**action["context"])
        ) as form:
            self.assertIn("All 4", form.count_text)
            with form.line_ids.new() as line:
                line.column = "status"
                self.assertIn("won (1)", line.frequent_text)
                line.operator = "="
                line.value = "open"
            self.assertIn("2 of 4", form.count_text)
            with form.line_ids.new() as line:
                line.column = "amount"
                line.operator = ">="
                line.value = "12.5"
            self.assertIn("1 of 4", form.count_text)
            form.match = "any"
            self.assertIn("3 of 4", form.count_text)
        self.assertFalse(self.get_stream().filter_domain)
        self.assertEqual(self.get_states()["2"], "ready")
        form.record.action_apply()
        self.assertEqual(
            self.get_stream().filter_domain,
            ["|", ["status", "=", "open"], ["amount", ">=", 12.5]],
        )
        self.work(self.job.run_id)
        self.assertEqual(self.get_states()["4"], "skipped")
        names = [name for name, _label in self.get_stream()._get_columns()]
        self.assertEqual(names[0], "id")
        self.assertLess({"status", "owner.name", "owner.id"}, set(names))
        self.assertNotIn("owner", names)
        # Opened again it shows what is in force.
        with Form(
            self.env["crm.migration.filter"].with_context(**action["context"])
        ) as form:
            self.assertEqual(form.match, "any")
            self.assertEqual(len(form.line_ids), 2)

    def test_who_may_only_review_sets_no_filter(self):
        self.run_kinds("discover", "extract")
        groups = "base.group_user,crm_migration.crm_migration_group_reviewer"
        reviewer = new_test_user(self.env, "filter_reviewer", groups=groups)
        with self.assertRaises(AccessError):
            self.get_stream().with_user(reviewer).action_open_filter()
