"""What the screens say: what is open, where it leads, and why."""

from lxml import etree

from odoo.tests import tagged

from ..common import CrmMigrationCase
from ..review_common import ReviewCase
from ..screens_common import ScreenWalk, find_code_like


@tagged("post_install", "-at_install")
class TestWhatIsOpen(ReviewCase):
    def load_all(self):
        for row in self.job.duplicate_ids:
            row.decision = "keep"
        self.run_kind("load")

    def spoil(self, **values):
        """Change a loaded record as if the load had written something else."""
        self.env.cr.execute(
            "UPDATE res_partner SET email = %s WHERE id = %s",
            [values["email"], self.migrated("companies", "1").id],
        )
        self.env.invalidate_all()

    def test_a_migration_with_a_difference_is_not_done(self):
        self.load_all()
        self.spoil(email="wrong@s.example")
        self.run_kind("verify")
        self.assertEqual(
            (self.job.phase, self.job.next_step), ("verify", "differences")
        )
        self.assertIn(str(self.job.difference_count), self.job.open_text)
        self.assertIn("differ", self.job.message_ids[0].body)

    def test_accepting_each_difference_makes_it_done_and_reopening_undoes_that(self):
        self.load_all()
        self.spoil(email="wrong@s.example")
        self.run_kind("verify")
        rows = self.env["crm.migration.difference"].search(
            [("job_id", "=", self.job.id)]
        )
        self.job.accepted_open = self.job._get_open_fields()
        self.as_reviewer(rows).action_accept()
        self.assertEqual(self.job.phase, "done")
        self.as_reviewer(rows[0]).action_reopen()
        self.assertEqual(
            (self.job.phase, self.job.next_step), ("verify", "differences")
        )

    def test_unaccounted_values_keep_it_open_until_a_person_accepts_them(self):
        self.load_all()
        self.run_kind("verify")
        stream = self.company.stream_id
        self.env["crm.migration.coverage"].create(
            {
                "job_id": self.job.id,
                "run_id": self.job.run_id.id,
                "stream_id": stream.id,
                "field": "fax",
                "kind": "unaccounted",
                "reason": "",
                "count": 3,
            }
        )
        self.job._settle_phase()
        self.env.invalidate_all()
        self.assertEqual(
            (self.job.phase, self.job.next_step), ("verify", "unaccounted")
        )
        self.job.action_accept_open()
        self.env.invalidate_all()
        self.assertEqual((self.job.phase, self.job.next_step), ("done", False))
        self.assertIn("Accepted", self.job.message_ids[0].body)
        # What is accepted is this much of it, not all that may ever come.
        self.env["crm.migration.coverage"].search([("field", "=", "fax")]).count = 4
        self.job._settle_phase()
        self.assertEqual(self.job.phase, "verify")

    def test_nothing_open_is_done(self):
        self.load_all()
        self.run_kind("verify")
        self.assertFalse(self.job.difference_count + self.job.unaccounted_count)
        self.assertEqual((self.job.phase, self.job.next_step), ("done", False))

    def test_after_another_load_the_verification_says_nothing_any_more(self):
        self.load_all()
        self.spoil(email="wrong@s.example")
        self.run_kind("verify")
        self.run_kind("load")
        self.env.invalidate_all()
        self.assertFalse(self.job.is_verified)
        self.assertEqual((self.job.phase, self.job.next_step), ("verify", False))

    def test_what_blocks_a_load_stands_before_it(self):
        self.env["crm.migration.duplicate"].create(
            {"job_id": self.job.id, "record_id": self.company.id, "kind": "odoo"}
        )
        self.env.invalidate_all()
        self.assertEqual(self.job.next_step, "duplicates")
        self.assertIn("1", self.job.open_text)
        for row in self.job.duplicate_ids:
            row.decision = "keep"
        self.job.owner_policy = "wait"
        self.job.owner_ids[:1].decision = False
        self.env.invalidate_all()
        self.assertEqual(self.job.next_step, "owners")
        self.env["crm.migration.check"].create(
            {"job_id": self.job.id, "code": "x", "level": "blocking", "text": "No way."}
        )
        self.env.invalidate_all()
        self.assertEqual(
            (self.job.next_step, self.job.open_text), ("checks", "No way.")
        )

    def test_what_is_only_told_is_no_problem(self):
        before = self.job.problem_count
        for severity in ("info", "warning", "error"):
            self.env["crm.migration.message"]._report(
                self.job.run_id,
                [{"stream": "companies", "code": "bad_email", "severity": severity}],
            )
        self.env.invalidate_all()
        self.assertEqual(self.job.problem_count, before + 2)
        action = self.job.action_open_problems()
        self.assertTrue(action["context"]["search_default_problems"])

    def test_a_rollback_forgets_what_was_found_about_what_is_gone(self):
        before = self.job.problem_count
        self.load_all()
        self.env["crm.migration.message"]._report(
            self.job.run_id,
            [
                {
                    "stream": "companies",
                    "record_id": self.company.id,
                    "code": "bad_email",
                }
            ],
        )
        self.spoil(email="wrong@s.example")
        self.run_kind("verify")
        self.assertTrue(self.job.difference_count)
        self.run_kind("rollback")
        self.env.invalidate_all()
        left = self.env["crm.migration.message"].search(
            [
                ("job_id", "=", self.job.id),
                ("phase", "in", ("prepare", "load", "link")),
                ("record_id.state", "!=", "failed"),
            ]
        )
        self.assertFalse(left.mapped("text"))
        self.assertFalse(self.job.difference_count)
        self.assertFalse(self.job.value_count)
        self.assertLessEqual(self.job.problem_count, before + 1)

    def test_the_sums_of_several_passes_are_not_added_up(self):
        self.load_all()
        self.run_kind("verify")
        rows = self.as_reviewer(self.env["crm.migration.reconciliation"])
        domain = [("job_id", "=", self.job.id)]
        found = rows.search([*domain, ("is_latest", "=", True)])
        self.assertEqual(found.run_id, self.job.run_id)
        self.assertTrue(all(found.mapped("is_latest")))
        others = rows.search([*domain, ("is_latest", "=", False)])
        self.assertEqual(others.run_id.mapped("kind"), ["load"])
        self.assertEqual(sum(found.mapped("staged_count")), self.job.record_count)


@tagged("post_install", "-at_install")
class TestWords(ReviewCase):
    def test_files_ask_for_no_password(self):
        self.job.source = "spreadsheet"
        self.assertEqual(
            (self.job.asks_for_secrets, self.job.takes_files), (False, True)
        )
        self.job.source = "concord"
        self.assertTrue(self.job.asks_for_secrets)

    def test_every_vanished_record_says_what_becomes_of_it(self):
        for row in self.job.duplicate_ids:
            row.decision = "keep"
        self.run_kind("load")
        gone = self.staged("companies")
        gone.vanished_at = "2026-01-02 03:04:05"
        loaded, failed = gone.filtered("res_id"), gone.filtered(lambda r: not r.res_id)
        self.assertEqual(set(loaded.mapped("vanished_fate")), {"keep"})
        self.assertEqual(set(failed.mapped("vanished_fate")), {"absent"})
        self.job.vanished_policy = "archive"
        loaded[0].action_keep_vanished()
        self.env.invalidate_all()
        self.assertEqual(loaded.mapped("vanished_fate"), ["keep", "archive"])
        self.assertFalse(any(self.staged("contacts").mapped("vanished_fate")))

    def test_every_unaccounted_value_says_why_and_what_to_do(self):
        stream = self.company.stream_id
        rows = self.env["crm.migration.unaccounted"].create(
            [
                {
                    "job_id": self.job.id,
                    "run_id": self.job.run_id.id,
                    "stream_id": stream.id,
                    "record_id": self.company.id,
                    "field": field,
                    "value": "x",
                    "reason": reason,
                }
                for field, reason in (
                    ("email", False),
                    ("colour", False),
                    ("fax", False),
                    ("name", "The record is not in Odoo any more."),
                )
            ]
        )
        self.get_line("colour").state = "open"
        texts = self.as_reviewer(rows).mapped("reason_text")
        self.assertIn("correct", texts[0])
        self.assertIn("Decide it in the mapping", texts[1])
        self.assertIn("Map it", texts[2])
        self.assertEqual(texts[3], "The record is not in Odoo any more.")

    def test_sentences_beside_other_columns_are_cards_on_a_telephone(self):
        """A column of some letters is nothing that anybody could read."""
        checked = 0
        forms = self.env["ir.ui.view"].search(
            [("model", "=like", "crm.migration.%"), ("type", "=", "form")]
        )
        for view in forms:
            for rows in etree.fromstring(view.arch).xpath("//field[list]"):
                columns = rows.xpath("list/*[not(@column_invisible='1')]")
                names = [column.get("name") for column in columns]
                if "text" in names and len(names) > 2:
                    checked += 1
                    with self.subTest(view=view.name, field=rows.get("name")):
                        self.assertEqual(rows.get("mode"), "list,kanban")
                        self.assertTrue(rows.xpath("kanban//field[@name='text']"))
        self.assertEqual(checked, 3)

    def test_what_is_decided_or_cleaned_up_has_cards_on_a_telephone(self):
        for name in ("duplicate", "mapping_line", "conflict"):
            action = self.env.ref(f"crm_migration.crm_migration_{name}_action")
            self.assertIn("kanban", action.view_mode.split(","))
        view = self.env.ref("crm_migration.crm_migration_clean_up_view_form")
        lists = etree.fromstring(view.arch).xpath("//field[list]")
        self.assertEqual(len(lists), 4)
        for rows in lists:
            self.assertEqual(rows.get("mode"), "list,kanban")
            self.assertTrue(rows.xpath("kanban//button[@name='action_choose']"))

    def test_only_what_is_closed_says_so_and_nothing_offers_a_deletion(self):
        """Archiving wipes nothing; a migration is never deleted."""
        job = self.env["crm.migration.job"]
        for kind in ("form", "list", "kanban"):
            arch = etree.fromstring(job.get_view(view_type=kind)["arch"])
            self.assertEqual(arch.get("delete"), "0", kind)
        arch = etree.fromstring(job.get_view(view_type="form")["arch"])
        ribbons = {
            ribbon.get("title"): ribbon.get("invisible")
            for ribbon in arch.xpath("//widget[@name='web_ribbon']")
        }
        self.assertEqual(
            ribbons,
            {
                "Closed": "active or not closed_text",
                "Archived": "active or closed_text",
            },
        )

    def test_files_are_not_asked_for_a_date_of_change(self):
        """Rows of a file are told apart by their content, whenever they changed."""
        start = self.env["crm.migration.job.start"].get_view(view_type="form")
        (since,) = etree.fromstring(start["arch"]).xpath("//field[@name='since']")
        self.assertEqual(since.get("invisible"), "takes_files")

    def test_labels_and_help_are_words(self):
        checked = 0
        for name in self.env.registry:
            model = self.env[name]
            if not name.startswith("crm.migration."):
                continue
            for field in model._fields.values():
                texts = [field.string, field.help]
                if field.type == "selection" and isinstance(field.selection, list):
                    texts += [label for _key, label in field.selection]
                for text in filter(None, texts):
                    checked += 1
                    with self.subTest(model=name, field=field.name):
                        self.assertIsNone(find_code_like(text), text)
                        self.assertNotRegex(
                            text,
                            r"(?i)\b(\w*colour|\w*isation|recognise|organise|cancelled by)\b",
                        )
        self.assertGreater(checked, 500)


@tagged("post_install", "-at_install")
class TestEmptyScreens(ScreenWalk, CrmMigrationCase):
    """Nothing has been read: every list is empty, and none fails."""
