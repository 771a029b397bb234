"""What keeps a record out that is fetched again, and what refuses to fetch it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ...connectors.core.errors import FatalError, RecordError, RetryableError
from ...connectors.core.source import Page
from ...models.job import crm_migration_job_fetch
from ..common import FakeSource
from .fetch_case import GROUPS, FetchCase


@tagged("post_install", "-at_install")
class TestFetchRefused(FetchCase):
    # -- what keeps it out ------------------------------------------------------------

    def test_gone_it_is_marked_only_when_somebody_says_so(self):
        self.load_all()
        rows = FakeSource.data["contacts"]
        rows.remove(self.get_row(4))
        self.fetch("4").action_let_vanish()
        self.job.vanished_policy = "archive"
        rows.remove(self.get_row(3))
        dialog = self.fetch("3")
        self.assertEqual((dialog.step, dialog.fate), ("gone", "gone"))
        self.assertEqual(
            self.staged("contacts").filtered("vanished_at").mapped("source_id"), ["4"]
        )
        dialog.action_let_vanish()
        self.work(self.job.run_id)
        self.env.invalidate_all()
        gone = self.staged("contacts").filtered("vanished_at")
        self.assertEqual(gone.mapped("source_id"), ["3", "4"])
        self.assertEqual(self.get_counts(), [4, 2, 2, 0])
        self.assertEqual(self.get_counts("comments"), [8, 4, 4, 0])
        self.assertFalse(self.migrated("contacts", "3").active)
        # The next load of all changes sees to this one.
        self.assertTrue(self.migrated("contacts", "4").active)
        self.run_kind("verify")
        self.assertTrue(all(r.is_balanced for r in self.job.run_id.result_ids))

    def test_gone_and_kept_it_is_only_marked(self):
        self.load_all()
        row = self.get_row(3)
        FakeSource.data["contacts"].remove(row)
        dialog = self.fetch("3")
        dialog.action_let_vanish()
        self.assertEqual(self.job.run_id.kind, "verify")
        self.assertTrue(self.migrated("contacts", "3").active)
        self.assertEqual(self.job.vanished_count, 3)
        # Taken for gone too early.
        FakeSource.data["contacts"].append(row)
        with self.assertRaisesRegex(UserError, "after all"):
            dialog.action_let_vanish()
        self.fetch("3")
        self.assertFalse(self.staged("contacts").filtered("vanished_at"))

    def test_an_id_that_is_nowhere(self):
        self.load_all()
        before = self.get_staged_states()
        with self.assertRaisesRegex(UserError, "4711"):
            self.fetch("4711")
        self.assertEqual(self.get_staged_states(), before)

    def test_only_what_was_read_can_have_vanished(self):
        self.load_all()
        before = self.get_staged_states()
        for dialog in (self.open(), self.open("4711"), self.open("  ")):
            with self.assertRaisesRegex(UserError, "none was read: 4711|enter the id"):
                dialog.action_let_vanish()
        self.assertEqual(self.get_staged_states(), before)

    def test_a_long_id_is_not_repeated_whole(self):
        self.load_all()
        for stream in ("contacts", "comments"):
            with self.assertRaises(UserError) as refused:
                self.fetch("7" * 10_000, stream)
            self.assertIn("777…", str(refused.exception))
            self.assertLess(len(str(refused.exception)), 300)

    def test_what_was_deleted_in_odoo_is_said_and_stays_so(self):
        self.load_all()
        self.migrated("contacts", "2").unlink()
        dialog = self.fetch("2")
        self.assertIn("deleted it in Odoo", dialog.found_text)
        self.assertNotIn("deleted it", self.fetch("3").found_text)
        self.change(2, city="Faro")
        dialog = self.fetch("2")
        self.assertIn("deleted it in Odoo", dialog.found_text)
        self.load(dialog)
        self.assertFalse(self.migrated("contacts", "2").exists())

    def test_a_filter_leaves_it_out(self):
        self.load_all()
        stream = self.get_stream("contacts")
        stream._set_filter([["city", "=", "Porto"]])
        FakeSource.data["contacts"].append(
            {"id": 9, "name": "Rui", "city": "Faro", "company": 1}
        )
        dialog = self.fetch("9")
        self.assertEqual((dialog.fate, dialog.can_load), ("left_out", False))
        self.assertIn("Left out by the filter", dialog.found_text)
        self.change(9, city="Porto")
        self.assertEqual(self.fetch("9").fate, "new")

    def test_a_problem_is_said_once(self):
        FakeSource.data["contacts"].append({"id": 8, "name": "", "email": ""})
        self.load_all()
        other = self.env["crm.migration.message"].search(
            [("job_id", "=", self.job.id), ("source_id", "=", "8")]
        )
        self.assertTrue(other)
        self.change(2, name="", email="")
        for _number in range(2):
            dialog = self.fetch("2")
            self.assertEqual((dialog.fate, dialog.can_load), ("problem", False))
            found = self.env["crm.migration.message"].search(
                [
                    ("job_id", "=", self.job.id),
                    ("stream", "=", "contacts"),
                    ("source_id", "=", "2"),
                    ("state", "=", "open"),
                ]
            )
            self.assertEqual(len(found), 1)
            self.assertIn(found.text, dialog.found_text)
        self.change(2, name="Vera of Fetching", email="vera@fetch.example")
        self.assertEqual(self.fetch("2").fate, "changed")
        self.env.invalidate_all()
        self.assertEqual(found.state, "closed")
        self.assertEqual(set(other.mapped("state")), {"open"})

    def test_a_new_one_that_odoo_knows_waits_for_a_decision(self):
        self.load_all()
        theirs = self.env["res.partner"].create(
            {"name": "Rui Duplo", "email": "rui@fetch.example", "city": "Porto"}
        )
        FakeSource.data["contacts"].append(
            {
                "id": 9,
                "name": "Rui Duplo",
                "email": "rui@fetch.example",
                "city": "Porto",
            }
        )
        dialog = self.fetch("9")
        self.assertIn("Rui Duplo", dialog.found_text)
        pair = self.job.duplicate_ids
        self.assertEqual((pair.res_id, pair.decision), (theirs.id, False))
        with self.assertRaisesRegex(UserError, "duplicate"):
            dialog.action_load()
        pair.decision = "merge"
        self.load(dialog)
        self.assertEqual(self.migrated("contacts", "9"), theirs)

    def test_a_known_record_is_found_by_its_id_too(self):
        self.load_all()
        domain = [("stream_id", "=", self.get_stream("contacts").id)]
        found = self.env["crm.migration.record"].name_search("2", domain)
        self.assertIn(
            "2", self.env["crm.migration.record"].browse(found[0][0]).source_id
        )

    # -- refused -----------------------------------------------------------------------

    def test_what_stands_in_the_way_is_said(self):
        with self.assertRaisesRegex(UserError, "mapping"):
            self.job.action_ask_fetch()
        self.run_kinds("discover", "extract")
        with self.assertRaisesRegex(UserError, "Nothing has been loaded"):
            self.job.action_ask_fetch()
        wanted = {"stream": "companies", "size": 1, "seed": "7", "filter": None}
        self.run_kind("load", {"sample": wanted})
        with self.assertRaisesRegex(UserError, "sample"):
            self.job.action_ask_fetch()
        self.run_kinds("load")
        dialog = self.open("2")
        self.job._start_run("verify")
        with self.assertRaisesRegex(UserError, "at work"):
            dialog.action_fetch()
        self.job.action_cancel()
        self.job._freeze(self.env.user)
        with self.assertRaisesRegex(UserError, "Odoo leads"):
            dialog.action_fetch()
        self.job.action_reopen_cutover()
        self.job._close()
        with self.assertRaisesRegex(UserError, "closed"):
            self.job.action_ask_fetch()

    def test_what_the_source_answers_is_a_sentence_and_nothing_stays(self):
        self.load_all()
        self.job.login = "fake"
        before, runs = self.get_staged_states(), self.job.run_ids
        for error, says in (
            (RetryableError("busy", host="crm.example", delay=60), "busy"),
            (RetryableError("time_budget", delay=0), "Read Changes"),
            (FatalError("forbidden", login="ana", stream="contacts"), "ana may not"),
        ):
            FakeSource.faults = {"contacts": [error]}
            with self.subTest(says=says), self.assertRaisesRegex(UserError, says):
                self.fetch("2")
        self.job.invalidate_recordset()
        self.assertEqual(self.get_staged_states(), before)
        self.assertEqual(self.job.run_ids, runs)

    def test_one_that_cannot_be_read_stays_as_it_is(self):
        self.load_all()
        before = self.get_staged_states()
        error = RecordError(
            "bad_record", stream="contacts", source_id="2", reason="it is cut"
        )
        page = Page((), errors=(error,))
        self.patch(FakeSource, "find_one", lambda source, stream, key: page)
        with self.assertRaisesRegex(UserError, "it is cut"):
            self.fetch("2")
        self.assertEqual(self.get_staged_states(), before)

    def test_an_answer_that_does_not_come_in_time(self):
        self.load_all()
        self.patch(crm_migration_job_fetch, "READING_SECONDS", 0)
        with self.assertRaisesRegex(UserError, "the time that it needs"):
            self.fetch("2")

    def test_something_signed_that_has_changed_refuses_the_load(self):
        self.load_all()
        self.job._sign_off("mapping")
        self.change(2, city="Lagos")
        line = self.job.mapping_ids.line_ids.filtered(
            lambda line: line.target == "function"
        )
        line.write({"state": "ignored"})
        dialog = self.fetch("2")
        with self.assertRaisesRegex(UserError, "has changed since"):
            dialog.action_load()
        self.assertEqual(self.migrated("contacts", "2").city, "Porto")

    def test_sums_that_are_signed_by_hand_wait_for_that_of_its_object_alone(self):
        self.load_all()
        self.job.sign_off = "manual"
        self.change(2, city="Lagos")
        self.fetch("2").action_load()
        run = self.job.run_id
        self.work(run)
        self.assertEqual(run.state, "blocked")
        self.assertIn("Contacts", run.blocked_reason)

    def test_who_may(self):
        self.load_all()
        reviewer = new_test_user(self.env, "rev.fetch", GROUPS.format("reviewer"))
        for name in ("action_ask_fetch",):
            with self.assertRaises(AccessError):
                getattr(self.job.with_user(reviewer), name)()
        with self.assertRaises(AccessError):
            self.staged("contacts")[0].with_user(reviewer).action_fetch_again()
        with self.assertRaises(AccessError):
            self.env["crm.migration.fetch"].with_user(reviewer).create(
                {"job_id": self.job.id}
            )
        manager = new_test_user(self.env, "man.fetch", GROUPS.format("manager"))
        for user, offered in ((reviewer, False), (manager, True)):
            bound = self.env["ir.actions.actions"].with_user(user)
            names = [a["name"] for a in bound.get_bindings(self.job._name)["action"]]
            self.assertEqual("Fetch One Record Again" in names, offered)
        self.change(2, city="Lagos")
        record = self.staged("contacts").filtered(lambda r: r.source_id == "2")
        action = record.with_user(manager).action_fetch_again()
        dialogs = self.env["crm.migration.fetch"].with_user(manager)
        # As a browser saves it: with the defaults of all that can be written.
        with Form(dialogs.with_context(**action["context"])) as form:
            self.assertEqual(form.source_id, "2")
        dialog = form.record
        dialog.action_fetch()
        self.assertEqual(dialog.fate, "changed")
        with self.assertRaises(AccessError):
            dialog.write({"record_ids": [(6, 0, self.staged("contacts").ids)]})
        self.load(dialog)
        self.assertEqual(self.migrated("contacts", "2").city, "Lagos")
        self.assertEqual(self.job.run_id.user_id, manager)
