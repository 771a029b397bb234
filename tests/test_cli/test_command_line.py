"""The command line: its arguments, its statuses, and as a process."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg2

from odoo.tests import tagged
from odoo.tools import config

from ...connectors.core.errors import RetryableError
from ..common import CrmMigrationCase, FakeSource
from .command_common import COMPANIES, PLAN, CommandCase, get_command


@tagged("post_install", "-at_install")
class TestBadArguments(CommandCase):
    def test_files(self):
        plan = self.save({**PLAN, "source": "spreadsheet"})
        empty = self.save(b"", "empty.csv")
        good = self.save("name\nCasa\n", "contacts.csv")
        nothing = str(self.folder / "nothing.csv")
        for args, says in (
            ((plan,), "give them by --file"),
            ((plan, "--file", nothing), "There is no file"),
            ((plan, "--file", str(self.folder)), "is a folder"),
            ((plan, "--file", empty), "is empty"),
            ((plan, "--file", good, "--file", empty), "is empty"),
            ((plan, "--file", "x\0y"), "cannot be read"),
            ((self.save(PLAN, "fake.json"), "--file", good), "reads no files"),
            ((nothing,), "There is no plan"),
            ((str(self.folder),), "is a folder"),
        ):
            with self.subTest(says=says):
                self.refuse(2, "run", *args, says=says)

    def test_files_that_hold_nothing_that_can_be_read(self):
        plan = self.save({**PLAN, "source": "spreadsheet"})
        for name, content in (
            ("header.csv", b"name,email\n"),
            ("noise.bin", bytes(range(256)) * 9),
            ("broken.xlsx", b"PK\x03\x04 not really"),
            ("broken.zip", b"PK\x05\x06"),
            ("broken.json", b'{"a": '),
        ):
            with self.subTest(name=name):
                status, text = self.call(
                    "run", plan, "--file", self.save(content, name)
                )
                self.assertIn(status, (1, 2, 3), text)
                self.assertNotIn("Traceback", text)
                self.assertNotIn("unforeseen", text)
                self.assertGreater(len(text.split()), 3)

    def test_the_arguments_themselves(self):
        for args in (
            (),
            ("destroy",),
            ("run",),
            ("run", "a.json", "--what"),
            ("verify", "--job", "first"),
            ("read-again", "--vanished", "delete"),
            ("resume", "--workers", "many"),
            ("resume", "--workers", "0"),
            ("resume", "--workers", "9"),
        ):
            with self.subTest(args=args):
                self.refuse(2, *args)

    def test_there_is_nothing_to_go_on_with(self):
        self.env["crm.migration.job"].search([]).active = False
        for action in ("resume", "verify", "read-again", "plan", "rollback"):
            with self.subTest(action=action):
                self.refuse(2, action, says="no such migration")
                self.refuse(2, action, "--job", "999999", says="no such migration")
                self.refuse(2, action, "--job", str(self.job.id), says="is closed")
        self.job.active = True
        self.refuse(2, "verify", says="has loaded nothing")
        self.refuse(2, "read-again", says="was never read")

    def test_the_statuses_stand_in_the_help(self):
        for args in (("--help",), ("run", "--help"), ("read-again", "--help")):
            status, text = self.call(*args)
            self.assertEqual(status, 0)
            self.assertIn("3  it adds up, but something is lost", text)

    def test_a_connection_to_the_database_that_is_lost(self):
        # The real one is cut by ./dev/test crash.
        for error in (
            psycopg2.OperationalError("server closed the connection unexpectedly"),
            psycopg2.errors.AdminShutdown("terminating connection\nDETAIL: x"),
            psycopg2.InterfaceError("connection already closed"),
            # Of a server that crashed, where psycopg2 has no code to tell what it is.
            psycopg2.DatabaseError("server closed the connection unexpectedly"),
        ):

            def lose(replay, *args, error=error):
                raise error

            with self.subTest(error=error):
                self.patch(self.registry["crm.migration.replay"], "_replay", lose)
                text = self.refuse(2, "resume", says="connection to the database")
                self.assertIn("odoo-bin crm_migration resume", text)
                self.assertNotIn("DETAIL", text)

    def test_what_python_cannot_clean_up_behind_it_is_no_stack_of_calls(self):
        class Cursor:  # as Odoo's own, which looks for what it never had
            def __del__(self):
                raise RecursionError

        shown, command = [], self.module.CrmMigration
        self.patch(sys, "unraisablehook", shown.append)
        self.patch(command, "_answer", lambda *args: Cursor() and 2)
        with self.assertRaises(SystemExit):
            command().run([])
        self.assertFalse(shown)

    def test_it_says_what_cut_the_connection_not_what_followed_from_it(self):
        def lose(replay, *args):
            try:
                raise psycopg2.errors.AdminShutdown("terminating connection")
            except psycopg2.Error:
                raise psycopg2.InterfaceError("cursor already closed")

        self.patch(self.registry["crm.migration.replay"], "_replay", lose)
        text = self.refuse(2, "resume", says="lost: terminating connection.")
        self.assertNotIn("already closed", text)

    def test_a_host_that_does_not_answer(self):
        plan = {**PLAN, "source": "concord", "settings": {"url": "http://127.0.0.1:9"}}
        os.environ["CRM_MIGRATION_TOKEN"] = "t0ken-of-nobody"
        self.addCleanup(os.environ.pop, "CRM_MIGRATION_TOKEN")
        text = self.refuse(1, "run", self.save(plan), says="127.0.0.1")
        self.assertNotIn("t0ken", text)


@tagged("post_install", "-at_install")
class TestStatuses(CommandCase):
    def run_fake(self, *args, **data):
        self.use_source(**data)
        return self.run_plan(PLAN, "--quiet", *args)

    def test_0_everything_arrived(self):
        status, text = self.run_fake(companies=COMPANIES)
        self.assertEqual(status, 0, text)
        self.assertIn("Companies       3", text)
        self.assertIn("0 differ", text)
        self.assertNotIn("Not everything", text)

    def test_3_a_record_failed_and_its_reason_is_printed(self):
        status, text = self.run_fake(companies=[*COMPANIES, {"id": 9, "name": ""}])
        self.assertEqual(status, 3, text)
        self.assertIn("Not everything arrived:", text)
        self.assertIn("is empty, and Odoo needs it", text)
        self.assertIn("(9)", text)

    def test_3_a_value_was_refused(self):
        rows = [{**COMPANIES[0], "email": "rui at casa"}]
        status, text = self.run_fake(companies=rows)
        self.assertEqual(status, 3, text)
        self.assertIn("“rui at casa” is not an e-mail address", text)

    def test_3_nobody_decided_about_a_column(self):
        self.use_source(companies=[{**COMPANIES[0], "zodiac": "Leo"}])
        options = {**PLAN["options"], "undecided_policy": "leave"}
        status, text = self.run_plan({**PLAN, "options": options}, "--quiet")
        self.assertEqual(status, 3, text)
        self.assertIn("zodiac was not brought over for 1 record:", text)

    def test_3_a_record_that_fails_twice_is_one_record(self):
        status, text = self.run_fake(companies=[*COMPANIES, {"id": 9, "name": ""}])
        self.assertEqual(status, 3, text)
        status, text = self.call("read-again", "--quiet")
        self.assertEqual(status, 3, text)
        self.assertIn("1 × Companies, name:", text)
        self.assertNotIn("2 × Companies, name:", text)

    def test_3_a_column_that_nobody_decided_about_is_kept_in_the_notes(self):
        status, text = self.run_fake(companies=[{**COMPANIES[0], "zodiac": "Leo"}])
        self.assertEqual(status, 3, text)
        self.assertIn("its values (1 record) go to the notes", text)
        partner = self.env["res.partner"].search([("name", "=", COMPANIES[0]["name"])])
        self.assertIn("Leo", partner.comment)

    def test_3_duplicates_wait_for_a_decision(self):
        rows = [{"id": i, "name": "Ana", "email": "ana@x.test"} for i in (1, 2)]
        self.use_source(companies=rows)
        plan = {**PLAN, "options": {"duplicate_policy": "review"}}
        status, text = self.run_plan(plan, "--quiet")
        self.assertEqual(status, 3, text)
        self.assertIn("1 possible duplicate still waits", text)
        # Once it is decided, it goes on.
        job = self.env["crm.migration.job"].search([], limit=1)
        job.duplicate_ids.decision = "keep"
        status, text = self.call("resume", "--quiet")
        self.assertEqual(status, 0, text)
        self.refuse(2, "resume", says="nothing to go on with")

    def test_a_rollback_that_was_interrupted_is_gone_on_with_and_says_what_stays(self):
        self.run_fake(companies=COMPANIES)
        job = self.env["crm.migration.job"].search([], limit=1)
        first = self.env["crm.migration.id.map"].search(
            [("job_id", "=", job.id), ("source_id", "=", "1")]
        )
        job._start_run("rollback", {"ids": first.ids})
        status, text = self.call("resume", "--quiet")
        self.assertEqual((status, job.run_id.state), (0, "done"), text)
        self.assertEqual(
            text,
            "Rollback finished. 2 records loaded by this migration are still in Odoo.\n",
        )
        kept = self.env["res.partner"].search([("name", "=", "Casa 2")])
        self.env["res.partner"].flush_model()
        self.env.cr.execute(
            "UPDATE res_partner SET write_date = '2099-01-01' WHERE id = %s", [kept.id]
        )
        job._start_run("rollback")
        status, text = self.call("resume", "--quiet")
        self.assertEqual(status, 3, text)
        self.assertIn("1 record loaded by this migration is still in Odoo", text)

    def test_3_owners_wait_for_a_decision(self):
        self.use_source(companies=[{**COMPANIES[0], "owner": "o1"}])
        plan = {**PLAN, "options": {"owner_policy": "wait"}}
        status, text = self.run_plan(plan, "--quiet")
        self.assertEqual(status, 3, text)
        self.assertIn("1 owner is not decided yet", text)

    def test_1_nothing_could_be_loaded(self):
        status, text = self.run_fake(companies=[{"id": 9, "name": ""}])
        self.assertEqual(status, 1, text)
        self.assertIn("Nothing has been loaded", text)
        self.assertIn("is empty, and Odoo needs it", text)
        self.assertIn("Sum", text)

    def test_1_there_was_nothing_to_read(self):
        status, text = self.run_fake()
        self.assertEqual(status, 1, text)
        self.assertIn("has no records", text)

    def test_1_something_differs(self):
        self.run_fake(companies=COMPANIES)
        job = self.env["crm.migration.job"].search([], limit=1)
        type(self).job = job
        self.migrated("companies", "1").name = "Outra"
        status, text = self.call("verify", "--quiet")
        self.assertEqual(status, 1, text)
        self.assertRegex(text, r"\b[12] differ")
        differences = self.env["crm.migration.difference"].search(
            [("job_id", "=", job.id)]
        )
        self.assertIn("name", differences.mapped("field"))
        self.assertIn("What differs:", text)
        self.assertRegex(text, r"1 × [^\n]*Name: It is not what[^\n]* \(1\)")

    def test_1_a_source_that_never_answers(self):
        self.use_source(companies=COMPANIES)
        FakeSource.faults = {"companies": [RetryableError("time_budget", delay=0)] * 50}
        status, text = self.run_plan(PLAN, "--quiet")
        self.assertEqual(status, 1, text)
        self.assertIn("did not answer", text)

    def test_1_an_unforeseen_error_is_a_sentence(self):
        self.patch(FakeSource, "get_streams", lambda source: 1 / 0)
        status, text = self.run_plan({**PLAN, "streams": {"companies": True}})
        self.assertEqual(status, 1, text)
        self.assertIn("ZeroDivisionError", text)
        self.assertNotIn("Traceback", text)

    def test_a_rehearsal_loads_nothing_and_says_what_would_be_missing(self):
        rows = [*COMPANIES, {"id": 9, "name": ""}]
        status, text = self.run_fake("--dry-run", companies=rows)
        self.assertEqual(status, 3, text)
        job = self.env["crm.migration.job"].search([], limit=1)
        self.assertFalse(job.loaded_count)

    def test_reading_again_from_the_command_line(self):
        self.run_fake(companies=COMPANIES)
        job = self.env["crm.migration.job"].search([], limit=1)
        type(self).job = job
        self.use_source(
            companies=[
                {**COMPANIES[0], "name": "Casa Um"},
                COMPANIES[1],
                {"id": 7, "name": "Nova"},
            ]
        )
        status, text = self.call("read-again", "--quiet", "--vanished", "archive")
        self.assertEqual(status, 0, text)
        self.assertEqual(self.migrated("companies", "1").name, "Casa Um")
        self.assertEqual(self.migrated("companies", "7").name, "Nova")
        self.assertFalse(self.migrated("companies", "3").active)
        self.assertIn("unchanged", text)
        self.assertIn("vanished", text)
        rows = self.env["crm.migration.job"].search_count([("name", "=", job.name)])
        self.assertEqual(rows, 1)

    def test_a_secret_that_is_not_given_again_stays(self):
        self.run_fake(companies=COMPANIES)
        job = self.env["crm.migration.job"].search([], limit=1)
        job._set_settings({"url": "https://a.test", "token": "t0ken"})
        os.environ["CRM_MIGRATION_OTHER"] = "x"
        self.addCleanup(os.environ.pop, "CRM_MIGRATION_OTHER")
        self.use_source(companies=COMPANIES)
        self.call("read-again", "--quiet")
        self.assertEqual(job._get_config()["token"], "t0ken")

    def test_files_are_given_again_newer(self):
        plan = self.save({**PLAN, "source": "spreadsheet"})
        first = self.save(
            "Id,Name,Email\n1,Ana,a@a.test\n2,Rui,r@r.test\n", "contacts.csv"
        )
        status, text = self.call("run", plan, "--quiet", "--file", first)
        self.assertIn(status, (0, 3), text)
        job = self.env["crm.migration.job"].search([], limit=1)
        type(self).job = job
        ana, rui = (self.migrated("contacts", key) for key in "12")
        newer = self.save(
            "Id,Name,Email\n1,Ana Prado,a@a.test\n3,Eva,e@e.test\n", "contacts.csv"
        )
        status, text = self.call("read-again", "--quiet", "--file", newer)
        self.assertIn(status, (0, 3), text)
        self.assertEqual(ana.name, "Ana Prado")
        self.assertEqual(self.migrated("contacts", "3").name, "Eva")
        gone = self.staged("contacts").filtered("vanished_at")
        self.assertEqual(gone.source_id, "2")
        self.assertTrue(rui.active)
        self.assertEqual(job.file_ids.mapped("name"), ["contacts.csv"])


@tagged("post_install", "-at_install")
class TestProcess(CrmMigrationCase):
    """The same as a process of its own, as a shell sees it."""

    def call(self, *args, database=None):
        folders = config["addons_path"]
        folders = folders if isinstance(folders, str) else ",".join(folders)
        command = [sys.executable, "-m", "odoo", f"--addons-path={folders}"]
        command += ["crm_migration", *args, "-d", database or self.env.cr.dbname]
        if config["config"] and Path(config["config"]).is_file():
            command += ["-c", config["config"]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        text = done.stdout + done.stderr
        self.assertNotIn("Traceback", text)
        return done.returncode, text

    def test_the_process_says_why_and_ends_with_the_status(self):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        broken = folder / "plan.json"
        broken.write_text("{")
        good = folder / "good.json"
        good.write_text(json.dumps({**PLAN, "source": "hubspot"}))
        for args, database, says in (
            (("run", str(broken)), None, "is not JSON"),
            (("run", str(good)), None, "“hubspot” is not known"),
            (("run", str(good)), "no_such_database", "There is no database"),
            (("run", str(good)), "postgres", "is not an Odoo database"),
            (("resume", "--job", "99999"), None, "no such migration"),
        ):
            with self.subTest(says=says):
                status, text = self.call(*args, database=database)
                self.assertEqual(status, 2, text)
                self.assertIn(says, text)

    def test_a_database_without_the_addon_or_in_between(self):
        command = get_command().CrmMigration()
        refusal = get_command().Refusal
        here = get_command().get_manifest("crm_migration")["version"]
        for state, version, says in (
            (None, None, "is not installed"),
            ("uninstalled", None, "is not installed"),
            ("to upgrade", here, "are being changed"),
            ("to install", None, "are being changed"),
            ("installed", "19.0.0.0.1", "Update it"),
        ):
            with self.subTest(state=state), self.assertRaises(refusal) as caught:
                command._check_module("db", state, version)
            self.assertIn(says, str(caught.exception))
            self.assertEqual(caught.exception.status, 2)
        command._check_module("db", "installed", here)
