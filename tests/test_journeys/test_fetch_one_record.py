"""One record of a real system, and of a file, fetched again by its id."""

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MigrationCase
from .journey_common import Connected
from .journey_systems import ConcordSystem, NextCrmSystem

COMPANIES = "id,name,city\n1,Casa Um,Porto\n2,Casa Dois,Porto\n"
CONTACTS = (
    "id,name,email,phone,company_id\n"
    "1,Ana Fetched,ana@fetched.example,+351 220000001,1\n"
    "2,Rui Fetched,rui@fetched.example,+351 220000002,1\n"
)


class FetchesOne:
    def fetch(self, source_id, stream="contacts"):
        streams = self.job.stream_ids.filtered(lambda s: s.name == stream)
        dialog = self.env["crm.migration.fetch"].create(
            {"job_id": self.job.id, "stream_id": streams.id, "source_id": source_id}
        )
        dialog.action_fetch()
        return dialog

    def load(self, dialog):
        dialog.action_load()
        self.work(self.job.run_id)
        self.env.invalidate_all()
        self.assertEqual(self.job.run_id.state, "done", self.job.run_id.blocked_reason)

    def get_counts(self, stream="contacts"):
        self.env.invalidate_all()
        row = self.job.stream_ids.filtered(lambda s: s.name == stream)
        return row.new_count, row.changed_count, row.vanished_count

    def read_changes(self):
        self.job.action_read_again()
        self.work(self.job.run_id)
        self.assertEqual(self.job.run_id.state, "done", self.job.run_id.blocked_reason)


@tagged("post_install", "-at_install")
class TestFetchOneOfConcord(FetchesOne, ConcordSystem, Connected, MigrationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.create_job()
        with mute_logger("odoo.sql_db"):
            cls.job.action_check_connection()
            cls.run_kinds("discover", "extract", "load", "verify")

    def test_a_contact_that_was_corrected_and_one_that_was_added(self):
        company = self.simulator.company
        self.env.cr.execute(
            "SELECT payload -> '_parent' ->> 'id' FROM crm_migration_record"
            " WHERE job_id = %s AND payload -> '_parent' ->> 'stream' = 'contacts'"
            " ORDER BY id LIMIT 1",
            [self.job.id],
        )
        [key] = self.env.cr.fetchone()
        before = self.fetch(key)
        self.assertEqual((before.fate, before.can_load), ("unchanged", False))
        self.assertTrue(before.object_ids)
        self.assertEqual(set(before.object_ids.mapped("fate")), {"unchanged"})
        company.update("contacts", int(key), first_name="Renamed")
        row = company.insert("contacts", first_name="Added", last_name="Later")
        with mute_logger("odoo.sql_db"):
            dialog = self.fetch(key)
            self.assertEqual(dialog.fate, "changed")
            changed = {r["target"] for r in dialog.comparison if r["changed"]}
            self.assertIn("name", changed)
            self.load(dialog)
            self.assertIn("Renamed", self.migrated("contacts", key).name)
            self.assertEqual(self.fetch(str(row["id"])).fate, "new")
            self.load(self.fetch(str(row["id"])))
            self.assertTrue(self.migrated("contacts", str(row["id"])))
            run = self.run_kind("verify")
            self.assertTrue(all(line.is_balanced for line in run.result_ids))
            self.assertFalse(
                self.env["crm.migration.difference"].search_count(
                    [("job_id", "=", self.job.id), ("stream", "=", "contacts")]
                )
            )
            self.read_changes()
        self.assertEqual(self.get_counts(), (0, 0, 0))
        self.assertEqual(self.get_counts("comments"), (0, 0, 0))

    def test_a_comment_leads_to_what_it_belongs_to(self):
        staged = self.env["crm.migration.record"].search(
            [("job_id", "=", self.job.id), ("stream", "=", "comments")], limit=1
        )
        dialog = self.fetch(staged.source_id, "comments")
        parent = staged.payload["_parent"]
        self.assertEqual(
            (dialog.fetched_id.stream, dialog.fetched_id.source_id),
            (parent["stream"], str(parent["id"])),
        )
        self.assertTrue(dialog.read_with_text)

    def test_one_that_is_gone(self):
        with self.assertRaisesRegex(UserError, "999999"):
            self.fetch("999999")


@tagged("post_install", "-at_install")
class TestFetchOneOfFiles(FetchesOne, MigrationCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(setattr, type(self), "job", None)
        self.import_files({"companies__csv": COMPANIES, "contacts__csv": CONTACTS})
        self.run_kinds("discover", "extract", "load", "verify")

    def replace(self, contacts):
        self.job._replace_files(
            self.upload({"companies__csv": COMPANIES, "contacts__csv": contacts})
        )

    def test_one_row_of_a_newer_file(self):
        newer = CONTACTS.replace("ana@", "anna@").replace("rui@", "ruy@")
        self.replace(newer + "3,Eva Fetched,eva@fetched.example,,2\n")
        dialog = self.fetch("1")
        self.assertEqual(dialog.fate, "changed")
        self.load(dialog)
        self.assertEqual(self.migrated("contacts", "1").email, "anna@fetched.example")
        self.assertEqual(self.migrated("contacts", "2").email, "rui@fetched.example")
        dialog = self.fetch("3")
        self.assertEqual(dialog.fate, "new")
        self.load(dialog)
        eva = self.migrated("contacts", "3")
        self.assertEqual(eva.parent_id, self.migrated("companies", "2"))
        self.read_changes()
        self.assertEqual(self.get_counts(), (0, 1, 0))

    def test_a_file_without_the_column_of_the_ids_is_refused(self):
        self.replace("name,email\nAna Fetched,anna@fetched.example\n")
        with self.assertRaisesRegex(UserError, "told apart by"):
            self.fetch("1")


@tagged("post_install", "-at_install")
class TestFetchOneOfNextCrm(FetchesOne, NextCrmSystem, Connected, MigrationCase):
    def test_files_that_come_with_others_are_not_taken_for_gone(self):
        self.addCleanup(setattr, type(self), "job", self.job)
        type(self).job = self.create_job()
        with mute_logger("odoo.sql_db"):
            self.run_kinds("discover", "extract", "load", "verify")
        file = self.env["crm.migration.record"].search(
            [
                ("job_id", "=", self.job.id),
                ("stream", "=", "media"),
                ("state", "=", "loaded"),
            ]
        )
        file = file.filtered(
            lambda r: (r.payload.get("_parent") or {}).get("stream") == "companies"
        )[0]
        dialog = self.fetch(file.payload["_parent"]["id"], "companies")
        self.assertEqual((dialog.fate, dialog.can_load), ("unchanged", False))
        self.assertFalse(file.vanished_at)
        with self.assertRaisesRegex(UserError, "do not come with them"):
            self.fetch(file.source_id, "media")
        self.assertFalse(file.vanished_at)


@tagged("post_install", "-at_install")
class TestFetchWiped(FetchesOne, ConcordSystem, Connected, MigrationCase):
    def test_its_values_are_accounted_for_beside_what_is_wiped(self):
        self.addCleanup(setattr, type(self), "job", self.job)
        type(self).job = self.create_job()
        with mute_logger("odoo.sql_db"):
            self.run_kinds("discover", "extract", "load", "verify")
        self.assertEqual(self.job._count_open(), (0, 0))
        self.job._clean_up({("data", "payloads"), ("data", "values")})
        for stream in ("companies", "deals", "notes"):
            self.assertEqual(self.fetch("1", stream).fate, "unchanged")
        self.run_kinds("verify")
        lost = self.env["crm.migration.unaccounted"].search(
            [("job_id", "=", self.job.id)]
        )
        self.assertFalse(lost.mapped(lambda v: (v.stream, v.path, v.value)))
