"""One record is read again by its id, shown beside Odoo, and loaded: it and nothing else."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...connectors.core.errors import RetryableError
from ..common import FakeSource
from ..digests import get_digest
from .fetch_case import FetchCase


@tagged("post_install", "-at_install")
class TestFetchOne(FetchCase):
    def test_one_that_was_corrected_is_shown_and_loaded_alone(self):
        self.load_all()
        self.change(2, city="Lagos", name="Vera of Fetching")
        self.change(3, city="Faro")
        self.change(1, "companies", city="Braga")
        others = self.get_staged_states(but={("contacts", "2")})
        counts = self.get_counts()
        dialog = self.fetch("2")
        self.assertEqual((dialog.step, dialog.fate), ("found", "changed"))
        self.assertEqual(self.get_rows(dialog)["city"], ("Porto", "Lagos", "Porto"))
        changed = {row["target"] for row in dialog.comparison if row["changed"]}
        self.assertEqual(changed, {"city", "name"})
        partner = self.migrated("contacts", "2")
        self.assertEqual(partner.city, "Porto", "nothing is written yet")
        self.assertEqual(
            [(o.stream_id.name, o.fate, o.count) for o in dialog.object_ids],
            [("comments", "unchanged", 2)],
        )
        run = self.load(dialog)
        self.assertEqual((run.created_count, run.updated_count), (0, 1))
        self.assertEqual((partner.city, partner.name), ("Lagos", "Vera of Fetching"))
        self.assertEqual(self.migrated("contacts", "3").city, "Porto")
        self.assertEqual(self.migrated("companies", "1").city, "Porto")
        self.assertEqual(self.get_staged_states(but={("contacts", "2")}), others)
        self.assertEqual(self.get_counts(), counts)
        self.assertFalse(self.staged("contacts").filtered("is_sampled"))
        self.assertEqual(self.job.phase, "verify")

    def test_what_was_loaded_adds_up_with_all_the_rest(self):
        self.load_all()
        self.change(2, city="Lagos")
        run = self.load(self.fetch("2"))
        sums = {row.stream_id.name: row for row in run.result_ids}
        line = sums["contacts"]
        self.assertEqual(
            (line.staged_count, line.updated_count, line.unchanged_count), (4, 1, 3)
        )
        self.assertTrue(all(row.is_balanced for row in run.result_ids))
        verified = self.run_kind("verify")
        self.assertTrue(verified.compared_count)
        self.assertEqual(self.job._count_open(), (0, 0))
        self.assertEqual(self.job.phase, "done")

    def test_a_new_one_comes_with_its_comments(self):
        self.load_all()
        new = {"id": 9, "name": "Rui of Fetching", "email": "rui@fetch.example"}
        FakeSource.data["contacts"].append(
            {**new, "company": 2, "comments": {90: "<p>Hello</p>"}}
        )
        dialog = self.fetch(" 9 ")
        self.assertEqual(dialog.fate, "new")
        self.assertIn("loading creates it", dialog.found_text)
        self.assertEqual(self.get_counts(), [5, 5, 0, 0])
        self.assertEqual(self.get_stream("contacts").new_count, 1)
        run = self.load(dialog)
        self.assertEqual(run.created_count, 2)
        partner = self.migrated("contacts", "9")
        self.assertEqual(partner.parent_id, self.migrated("companies", "2"))
        self.assertIn("Hello", str(partner.message_ids.mapped("body")))
        stream = self.get_stream("contacts")
        self.assertEqual((stream.new_count, stream.unchanged_count), (0, 5))
        self.run_kind("verify")
        self.assertEqual(self.job._count_open(), (0, 0))

    def test_unchanged_there_is_nothing_to_load(self):
        self.load_all()
        before = self.get_staged_states()
        dialog = self.fetch("1")
        self.assertEqual((dialog.fate, dialog.can_load), ("unchanged", False))
        self.assertEqual(self.get_staged_states(), before)

    def test_a_further_reading_sees_it_as_unchanged(self):
        self.load_all()
        self.change(2, city="Lagos")
        FakeSource.data["contacts"].append({"id": 9, "name": "Rui", "company": 1})
        self.load(self.fetch("2"))
        self.load(self.fetch("9"))
        self.job.action_read_again()
        self.work(self.job.run_id)
        self.assertEqual(self.job.run_id.state, "done")
        stream = self.get_stream("contacts")
        names = ("new", "changed", "unchanged", "vanished")
        self.assertEqual([stream[f"{each}_count"] for each in names], [0, 0, 5, 0])
        self.assertEqual(self.get_counts(), [5, 5, 0, 0])

    def test_changes_that_were_read_and_not_loaded_still_wait(self):
        self.load_all()
        self.change(2, city="Lagos")
        self.change(3, city="Faro")
        self.job.action_read_again()
        self.work(self.job.run_id)
        self.assertEqual(self.get_stream("contacts").changed_count, 2)
        self.change(2, city="Sagres")
        self.load(self.fetch("2"))
        self.assertEqual(self.migrated("contacts", "2").city, "Sagres")
        self.assertEqual(self.migrated("contacts", "3").city, "Porto")
        stream = self.get_stream("contacts")
        self.assertEqual((stream.changed_count, stream.unchanged_count), (1, 3))
        self.assertEqual(self.job.phase, "review")
        self.run_kinds("load")
        self.assertEqual(self.migrated("contacts", "3").city, "Faro")

    def test_a_mapping_that_was_changed_is_applied_to_it_alone(self):
        self.load_all()
        others = self.get_staged_states(but={("contacts", "2")})
        line = self.job.mapping_ids.line_ids.filtered(
            lambda line: line.target == "function"
        )
        line.write({"state": "ignored"})
        dialog = self.fetch("2")
        self.assertEqual(dialog.fate, "changed")
        self.load(dialog)
        self.assertFalse(self.migrated("contacts", "2").function)
        self.assertEqual(self.migrated("contacts", "3").function, "Buyer")
        self.assertEqual(self.get_staged_states(but={("contacts", "2")}), others)
        # All the others still go through it.
        self.run_kinds("load")
        self.assertFalse(self.migrated("contacts", "3").function)

    def test_of_what_was_wiped_it_alone_is_read_anew(self):
        self.load_all()
        self.job._wipe_payloads()
        self.job._wipe_values()
        self.env.invalidate_all()
        dialog = self.fetch("2")
        self.assertEqual((dialog.fate, dialog.can_load), ("unchanged", False))
        self.assertEqual(self.get_rows(dialog)["city"][1:], ("Porto", "Porto"))
        wiped = self.staged("contacts").filtered("is_wiped")
        self.assertEqual(wiped.mapped("source_id"), ["1", "3", "4"])
        self.change(2, city="Lagos")
        self.load(self.fetch("2"))
        self.assertEqual(self.migrated("contacts", "2").city, "Lagos")

    def test_an_interrupted_reading_goes_on_where_it_was(self):
        self.load_all()
        self.change(1, city="Lagos")
        self.change(4, city="Faro")
        FakeSource.data["contacts"].insert(0, {"id": 8, "name": "Early", "company": 1})
        run = self.job._start_run("extract", {"again": True})
        FakeSource.faults = {
            "contacts": [None, RetryableError("busy", host="x", delay=60)]
        }
        self.work(run)
        self.assertEqual(run.state, "waiting")
        self.job.action_cancel()
        FakeSource.faults = {}
        stream = self.get_stream("contacts")
        checkpoint = stream.checkpoint
        self.assertTrue(checkpoint)
        # It has come behind the first page already.
        FakeSource.data["contacts"].insert(1, {"id": 9, "name": "Late", "company": 1})
        self.load(self.fetch("9"))
        self.assertEqual(self.get_stream("contacts").checkpoint, checkpoint)
        self.assertFalse(self.get_stream("contacts").is_extracted)
        self.run_kinds("extract")
        self.assertEqual(self.get_stream("contacts").vanished_count, 0)

    # -- people's work -------------------------------------------------------------

    def test_what_a_person_changed_stays_and_waits_for_a_decision(self):
        self.load_all()
        partner = self.migrated("contacts", "2")
        self.work_on(partner, city="Faro", function="Owner")
        self.change(2, city="Lagos")
        dialog = self.fetch("2")
        self.assertEqual(self.get_rows(dialog)["city"], ("Porto", "Lagos", "Faro"))
        disputed = [row["target"] for row in dialog.comparison if row["disputed"]]
        self.assertEqual(disputed, ["city"])
        self.assertIn("1 field was changed in Odoo as well", dialog.found_text)
        self.load(dialog)
        self.assertEqual((partner.city, partner.function), ("Faro", "Owner"))
        conflict = self.env["crm.migration.conflict"].search(
            [("job_id", "=", self.job.id), ("state", "=", "open")]
        )
        self.assertEqual(conflict.field, "city")
        conflict.action_take_source()
        dialog = self.fetch("2")
        self.assertEqual(dialog.fate, "changed")
        self.load(dialog)
        self.assertEqual((partner.city, partner.function), ("Lagos", "Owner"))

    def test_rolled_back_everything_is_as_before(self):
        theirs = self.env["res.partner"].create(
            {"name": "Theirs", "email": "theirs@fetch.example"}
        )
        before = get_digest(self.env)
        self.load_all()
        self.change(2, city="Lagos", comments={20: "<p>Other</p>", 29: "<p>New</p>"})
        FakeSource.data["contacts"].append({"id": 9, "name": "Rui", "company": 1})
        self.load(self.fetch("2"))
        self.load(self.fetch("9"))
        self.run_kinds("rollback")
        self.env.invalidate_all()
        after = get_digest(self.env)
        self.assertEqual({n for n in after if after[n] != before.get(n)}, set())
        self.assertTrue(theirs.exists())

    # -- what comes with it --------------------------------------------------------

    def test_comments_are_renewed_added_and_lost(self):
        self.load_all()
        self.change(2, comments={20: "<p>Corrected</p>", 29: "<p>Added</p>"})
        dialog = self.fetch("2")
        self.assertEqual(dialog.fate, "unchanged")
        self.assertTrue(dialog.can_load)
        fates = {(o.stream_id.name, o.fate): o.count for o in dialog.object_ids}
        self.assertEqual(
            fates,
            {
                ("comments", "changed"): 1,
                ("comments", "new"): 1,
                ("comments", "gone"): 1,
            },
        )
        lost = self.staged("comments").filtered("vanished_at")
        self.assertEqual(lost.mapped("source_id"), ["21"])
        self.assertEqual(self.get_counts("comments"), [9, 8, 1, 0])
        self.load(dialog)
        text = str(self.migrated("contacts", "2").message_ids.mapped("body"))
        self.assertIn("Corrected", text)
        self.assertIn("Added", text)
        run = self.run_kind("verify")
        self.assertTrue(all(row.is_balanced for row in run.result_ids))
        # It is back.
        self.change(2, comments={20: "<p>Corrected</p>", 21: "<p>2</p>", 29: "x"})
        self.fetch("2")
        self.assertFalse(self.staged("comments").filtered("vanished_at"))
        self.assertEqual(self.get_counts("comments"), [9, 9, 0, 0])

    def test_a_comment_is_read_with_what_it_belongs_to(self):
        self.load_all()
        self.change(3, city="Faro")
        dialog = self.fetch("31", "comments")
        self.assertEqual(dialog.fetched_id.source_id, "3")
        self.assertIn("Person 3", dialog.read_with_text)
        self.assertEqual(dialog.fate, "changed")
        with self.assertRaisesRegex(UserError, "Contacts"):
            self.fetch("777", "comments")

    def test_of_rows_without_an_id_none_can_be_named(self):
        self.load_all()
        with self.assertRaisesRegex(UserError, "Rows"):
            self.fetch("1", "rows")

    def test_what_it_refers_to_is_named_and_can_be_fetched_too(self):
        self.load_all()
        FakeSource.data["companies"].append({"id": 7, "name": "Nova", "city": "Évora"})
        self.change(2, company=7)
        dialog = self.fetch("2")
        self.assertIn("Companies 7", dialog.missing_text)
        self.assertEqual(dialog.missing_ids.mapped("source_id"), ["7"])
        dialog.missing_ids.action_fetch()
        self.assertFalse(dialog.missing_text)
        self.assertIn(
            ("companies", "new"),
            [(o.stream_id.name, o.fate) for o in dialog.object_ids],
        )
        self.load(dialog)
        self.assertEqual(
            self.migrated("contacts", "2").parent_id, self.migrated("companies", "7")
        )

    def test_loaded_first_it_is_linked_when_the_other_one_is_fetched(self):
        self.load_all()
        FakeSource.data["companies"].append({"id": 7, "name": "Nova"})
        FakeSource.data["contacts"].append({"id": 9, "name": "Rui", "company": 7})
        self.load(self.fetch("9"))
        partner = self.migrated("contacts", "9")
        self.assertFalse(partner.parent_id)
        self.load(self.fetch("7", "companies"))
        self.assertEqual(partner.parent_id, self.migrated("companies", "7"))
        dialog = self.fetch("9")
        self.assertEqual((dialog.fate, dialog.missing_text), ("unchanged", ""))
