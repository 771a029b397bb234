"""The highlighted button of a migration leads to what is open, and is never refused."""

from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..common import CrmMigrationCase

PEOPLE = [
    {"id": 1, "name": "Ana", "email": "ana@button.example"},
    {"id": 2, "name": "Ana", "email": "ana@button.example"},
]


@tagged("post_install", "-at_install")
class TestPrimaryButton(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.use_source(companies=[{"id": 1, "name": "Alpha"}], contacts=[], deals=[])

    def get_buttons(self):
        """Return the names of the highlighted buttons of the header that are shown."""
        self.env.invalidate_all()
        view = self.env["crm.migration.job"].get_view(view_type="form")
        arch = etree.fromstring(view["arch"])
        values = {
            name: field.convert_to_read(self.job[name], self.job)
            for name, field in self.job._fields.items()
            if field.type in ("char", "selection", "boolean", "integer", "many2one")
        }
        return [
            button.get("name")
            for button in arch.find("header").iter("button")
            if "oe_highlight" in (button.get("class") or "")
            and not safe_eval(button.get("invisible") or "False", values)
        ]

    def press(self, *expected):
        """Press the one highlighted button, and take back what it did."""
        buttons = self.get_buttons()
        self.assertEqual(buttons, list(expected))
        for name in buttons:
            savepoint = self.env.cr.savepoint()
            answer = getattr(self.job, name)()
            savepoint.rollback()
            self.env.invalidate_all()
            tag = isinstance(answer, dict) and answer.get("params", {}).get("type")
            self.assertNotEqual(tag, "danger", name)

    def get_stream(self, name):
        return self.job.stream_ids.filtered(lambda stream: stream.name == name)

    def test_from_the_first_look_to_the_proof(self):
        self.press("action_discover")
        self.run_kinds("discover")
        self.press(
            "action_open_mapping_lines"
            if self.job.mapping_open_count
            else "action_extract"
        )
        self.job.mapping_ids.line_ids.write({"state": "accepted"})
        self.press("action_extract")
        self.run_kinds("extract")
        self.press("action_dry_run")
        self.job.run_id.kind = "dry_run"
        self.press("action_load")
        self.run_kinds("load")
        self.press("action_verify")
        self.run_kinds("verify")
        self.press()
        self.assertEqual(self.job.phase, "done")

    def test_a_source_without_records_is_read_again(self):
        self.use_source(companies=[], contacts=[], deals=[])
        self.run_kinds("discover", "extract")
        self.press("action_extract")

    def test_what_is_to_be_decided_comes_before_a_load(self):
        self.use_source(
            companies=[{"id": 1, "name": "Alpha", "owner": "ana@button.example"}],
            contacts=PEOPLE,
            deals=[],
        )
        self.run_kinds("discover", "extract")
        self.assertTrue(self.job.duplicate_open_count)
        self.press("action_open_duplicates")
        check = self.job.check_ids.create(
            {"job_id": self.job.id, "code": "x", "level": "blocking", "text": "No"}
        )
        self.press("action_show_connection")
        check.unlink()
        self.job.duplicate_ids.action_merge()
        self.press("action_dry_run")
        self.job.owner_policy = "wait"
        self.job.owner_ids.decision = False
        self.assertTrue(self.job.owner_open_count)
        self.press("action_open_owners")
        self.job.owner_ids.decision = "empty"
        self.env["crm.migration.value.map"].create(
            {"job_id": self.job.id, "list": "stages", "key": "Won"}
        )
        self.press("action_dry_run")
        self.job.run_id.kind = "dry_run"
        self.press("action_open_values")
        self.run_kinds("load")
        self.press("action_verify")

    def test_a_load_that_brought_nothing_leads_to_the_reasons(self):
        self.use_source(companies=[{"id": 1, "name": ""}], contacts=[], deals=[])
        self.run_kinds("discover", "extract", "load")
        self.press("action_open_problems")
        self.use_source(companies=[{"id": 1, "name": "Alpha"}], contacts=[], deals=[])
        self.run_kind("extract", {"again": True})
        self.get_stream("companies")._set_filter([["name", "=", "Beta"]])
        self.run_kinds("load")
        self.press("action_open_records")

    def test_what_a_verification_found_and_what_comes_later(self):
        self.run_kinds("discover", "extract", "load")
        company = self.migrated("companies", "1")
        self.env.cr.execute(
            "UPDATE res_partner SET name = 'Other' WHERE id = %s", [company.id]
        )
        self.env.invalidate_all()
        self.run_kinds("verify")
        self.press("action_open_differences")
        differences = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        differences.state = "accepted"
        self.job._settle_phase()
        if self.job._count_open()[1]:
            self.press("action_open_unaccounted")
            self.job.action_accept_open()
        self.press()
        self.run_kind("extract", {"again": True})
        # The dialog shows what would change, and loads.
        self.press("action_ask_load_changes")

    def test_behind_a_sample_the_rest_is_loaded(self):
        self.run_kinds("discover", "extract")
        wanted = {"stream": "companies", "size": 1, "seed": "7", "filter": None}
        self.run_kind("load", {"sample": wanted})
        self.press("action_continue_sample")
        self.run_kinds("verify")
        self.press("action_continue_sample")
        self.env["crm.migration.value.map"].create(
            {"job_id": self.job.id, "list": "stages", "key": "Won"}
        )
        self.press("action_open_values")
        self.job.value_map_ids.unlink()
        self.run_kinds("load")
        self.press("action_verify")

    def test_a_run_that_stands_goes_on(self):
        self.run_kinds("discover")
        run = self.job._start_run("extract")
        self.press()
        run._block("No")
        self.press("action_resume")
        run.state = "paused"
        self.press("action_resume")

    def test_the_columns_of_a_mapping_stand_as_in_the_file(self):
        head = ["id", "zeta", "company name", "my shoe size", "phone", "city", "alpha"]
        rows = [[f"{name} {n}" for name in head] for n in range(5)]
        text = "\n".join(",".join(row) for row in [head, *rows])
        self.addCleanup(setattr, type(self), "job", self.job)
        self.import_files({"companies__csv": text})
        for kind in ("discover", "extract"):
            self.run_kinds(kind)
            lines = self.env["crm.migration.mapping.line"].search(
                [("job_id", "=", self.job.id), ("source", "!=", False)],
                order="mapping_id, position, sequence, id",
            )
            shown = list(dict.fromkeys(line.source for line in lines))
            shown = [name for name in shown if name in head]
            self.assertEqual(shown, [name for name in head if name in shown])
            self.assertLess(set(head) - {"id"}, set(shown) | {""})
        orders = [
            node.get("default_order")
            for node in etree.fromstring(
                self.env["crm.migration.mapping.line"].get_view(view_type="list")[
                    "arch"
                ]
            ).iter("list")
        ]
        self.assertIn("position", orders[0])

    def test_the_figures_say_what_was_loaded_and_failed(self):
        self.use_source(
            companies=[{"id": 1, "name": "A & B <x>"}, {"id": 2, "name": ""}],
            contacts=PEOPLE,
            deals=[],
        )
        self.run_kinds("discover")
        self.assertIs(self.job.figures_html, False)
        self.run_kinds("extract")
        self.job.duplicate_ids.action_keep()
        self.run_kinds("load", "verify")
        page, figures = self.read_figures()
        self.assertEqual(
            figures,
            {"Loaded": "3", "Left Out": "0", "Failed": "1", "Values Differ": "0"},
        )
        bars = page.findall(".//div[@class='progress flex-grow-1']")
        self.assertEqual(len(bars), 2)
        titles = [part.get("title") for bar in bars for part in bar]
        self.assertEqual(sorted(titles), ["Created: 1", "Created: 2", "Failed: 1"])

    def test_what_was_skipped_before_counts_in_the_load_as_in_the_dry_run(self):
        named = [{"id": n, "name": name} for n, name in enumerate(("A", "", "C"), 1)]
        self.use_source(companies=named, contacts=[], deals=[])
        self.run_kinds("discover", "extract")
        nameless = self.staged("companies").filtered(lambda r: r.source_id == "2")
        nameless.write({"state": "skipped", "skip_reason": "Empty"})
        run = self.run_kinds("load")
        self.assertEqual((run.created_count, run.skipped_count), (2, 1))
        said = self.job.message_ids.sorted("id")[-1].body
        self.assertIn("2 created, 0 updated, 0 merged, 1 skipped, 0 failed", said)

    def test_nothing_is_said_of_differences_before_somebody_has_looked(self):
        self.use_source(companies=[{"id": 1, "name": "A"}], contacts=[], deals=[])
        self.run_kinds("discover", "extract", "load")
        self.assertNotIn("Values Differ", self.read_figures()[1])
        self.run_kinds("verify")
        self.assertEqual(self.read_figures()[1]["Values Differ"], "0")
        self.run_kinds("rollback")
        self.assertNotIn("Values Differ", self.read_figures()[1])

    def test_the_figures_are_those_of_the_last_load(self):
        named = [{"id": 1, "name": "A"}, {"id": 2, "name": ""}]
        self.use_source(companies=named, contacts=[], deals=[])
        self.run_kinds("discover", "extract", "load")
        self.assertEqual(self.read_figures()[1]["Loaded"], "1")
        named[1]["name"] = "B"
        self.use_source(companies=named, contacts=[], deals=[])
        self.run_kind("extract", {"again": True})
        self.run_kinds("load")
        figures = self.read_figures()[1]
        self.assertEqual((figures["Loaded"], figures["Failed"]), ("2", "0"))
        newest = self.job.reconciliation_ids.run_id.sorted("id")[-1]
        self.assertEqual(self.job.reconciliation_ids[0].run_id, newest)

    def read_figures(self):
        """Return the page, and label → number."""
        self.env.invalidate_all()
        page = etree.fromstring(f"<div>{self.job.figures_html}</div>")
        return page, {n[1].text: n[0].text for n in page[0] if len(n) == 2}
