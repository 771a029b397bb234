"""The end of a migration: nothing of the source is left but what proves the migration."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from ..common import CrmMigrationCase

SECRET, HIDDEN, EDITED = "s3cr3t-of-zeta", "hidden-payload-ÿ", "edited-by-hand"
TYPED = "typed-into-a-condition"
GROUP = "base.group_user,crm_migration.crm_migration_group_{}"


@tagged("post_install", "-at_install")
class TestClose(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.use_source(
            companies=[
                {"id": 1, "name": "Söderström", "inner": HIDDEN},
                {"id": 2, "name": "", "inner": {"deep": [HIDDEN]}},
                {"id": 3, "name": "Ek", "inner": HIDDEN, "email": "no address"},
            ],
            contacts=[{"id": 1, "name": "Ann", "company_id": 1, "mail": HIDDEN}],
            deals=[],
        )
        self.job._set_settings({"url": "https://crm.example", "token": SECRET})
        self.run_kinds("discover")
        lines = self.job.mapping_ids.line_ids.filtered(
            lambda line: line.source in ("inner", "mail")
        )
        # Else they stand in the notes, and in the links as what was loaded.
        self.env["crm.migration.mapping.ignore"].create(
            {"line_ids": [(6, 0, lines.ids)], "reason": "Not needed"}
        ).action_ignore()
        self.run_kinds("extract")
        left_out = self.staged("companies")[1]
        left_out._edit("", "comment", EDITED)
        left_out._skip("Not a customer")
        self.run_kinds("load", "verify")

    def find(self, *texts):
        """Return the tables of the whole database in whose rows one of the texts stands."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')"
            " AND relnamespace = current_schema()::regnamespace ORDER BY relname"
        )
        found = []
        for (name,) in self.env.cr.fetchall():
            self.env.cr.execute(
                SQL(
                    "SELECT count(*) FROM %s AS row WHERE row::text LIKE ANY(%s)",
                    SQL.identifier(name),
                    [f"%{text}%" for text in texts],
                )
            )
            if self.env.cr.fetchone()[0]:
                found.append(name)
        return found

    def ask(self, **values):
        action = self.job.action_close()
        self.assertEqual(action["res_model"], "crm.migration.close")
        dialogs = self.env[action["res_model"]].with_context(**action["context"])
        return dialogs.create(values)

    def test_no_payload_and_no_secret_is_left_in_any_table(self):
        sealed = self.job.settings_secret
        self.env["crm.migration.record.workbook"].create(
            {
                "job_id": self.job.id,
                "record_ids": [(6, 0, self.staged("companies").ids)],
            }
        ).action_download()
        self.env["crm.migration.record.edit"].create(
            {
                "record_id": self.staged("companies")[0].id,
                "target_key": "|name",
                "text": EDITED,
            }
        )
        texts = (HIDDEN, sealed, EDITED)
        self.assertIn("crm_migration_record", self.find(*texts))
        links = self.job.loaded_count
        self.ask(confirmed=True).action_close()
        self.assertEqual(self.find(*texts), [])
        self.assertEqual(self.find(SECRET), [])
        self.assertFalse(self.job._get_corrections())
        self.assertFalse(self.job.active)
        self.assertEqual(self.job.closed_by_id, self.env.user)
        self.job.invalidate_recordset()
        self.assertEqual(self.job.loaded_count, links)

    def test_conditions_that_were_typed_do_not_stay(self):
        stream = self.job.stream_ids.filtered(lambda s: s.name == "companies")
        line = {"column": "name", "operator": "=", "value": TYPED}
        self.env["crm.migration.sample"].create(
            {"job_id": self.job.id, "stream_id": stream.id, "line_ids": [(0, 0, line)]}
        )
        self.env["crm.migration.filter"].create(
            {"stream_id": stream.id, "line_ids": [(0, 0, line)]}
        )
        self.assertTrue(self.find(TYPED))
        self.ask(confirmed=True).action_close()
        self.assertEqual(self.find(TYPED), [])

    def test_conditions_of_a_sample_that_was_loaded_do_not_stay(self):
        wanted = {"stream": "companies", "size": 1, "seed": "1"}
        wanted["filter"] = [["name", "=", TYPED]]
        run = self.run_kind("load", {"sample": wanted})
        self.assertTrue(self.find(TYPED))
        self.ask(confirmed=True).action_close()
        self.assertEqual(self.find(TYPED), [])
        run.invalidate_recordset()
        self.assertEqual(run._get_sample()["seed"], "1")

    def test_what_was_typed_about_a_line_does_not_stay(self):
        stream = self.job.stream_ids.filtered(lambda s: s.name == "companies")
        line = stream.mapping_ids.line_ids[:1]
        self.env["crm.migration.mapping.custom"].create(
            {"line_id": line.id, "label": TYPED}
        )
        check = self.env["crm.migration.check"].create(
            {"job_id": self.job.id, "code": "t", "level": "warning", "text": "t"}
        )
        self.env["crm.migration.check.accept"].create(
            {"check_id": check.id, "reason": TYPED}
        )
        self.assertEqual(len(self.find(TYPED)), 2)
        self.ask(confirmed=True).action_close()
        self.assertEqual(self.find(TYPED), [])

    def test_how_much_was_filled_stays(self):
        stream = self.job.stream_ids.filtered(lambda s: s.name == "companies")
        before = self.job._get_known_tables()
        self.assertTrue(stream.sample["inner"]["samples"])
        self.job._close()
        self.assertEqual(stream.sample["inner"]["samples"], [])
        self.assertEqual(self.job._get_known_tables(), before)

    def test_the_dialog_counts_and_waits_for_the_tick(self):
        dialog = self.ask()
        self.assertEqual((dialog.record_count, dialog.link_count), (4, 3))
        self.assertTrue(dialog.has_credentials)
        with self.assertRaisesRegex(UserError, "Confirm"):
            dialog.action_close()
        self.assertTrue(self.job.active)
        self.assertTrue(self.job.has_credentials)

    def test_documents_print_and_migrated_from_works(self):
        partner = self.migrated("companies", "1")
        self.job._close()
        dialog = self.env["crm.migration.documents"].create({"job_id": self.job.id})
        for action in (dialog.action_html, dialog.action_xlsx):
            self.assertTrue(action()["url"])
        self.assertEqual(partner.migrated_from, "Fake CRM")
        action = partner.action_open_migration()
        record = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(record.source_id, "1")
        self.assertTrue(record.read())

    def test_what_needs_the_source_is_refused_afterwards(self):
        self.job._close()
        self.job.active = True
        before = self.migrated("companies", "1").name
        for kind in ("discover", "extract", "transform", "dry_run", "load", "verify"):
            with self.subTest(kind=kind), self.assertRaisesRegex(UserError, "closed"):
                self.job._start_run(kind)
        with self.assertRaisesRegex(UserError, "closed"):
            self.job.action_ask_sample()
        with self.assertRaisesRegex(UserError, "closed"):
            self.job.action_close()
        self.assertEqual(self.migrated("companies", "1").name, before)

    def test_it_can_be_rolled_back_afterwards(self):
        partner = self.migrated("companies", "1")
        self.job._close()
        self.run_kinds("rollback")
        self.assertFalse(partner.exists())

    def test_a_dialog_that_stood_open_says_that_it_is_gone(self):
        user = new_test_user(self.env, "open", groups=GROUP.format("manager"))
        streams = self.job.stream_ids.filtered(lambda s: s.name == "companies")
        fetch = self.env["crm.migration.fetch"].with_user(user)
        fetch = fetch.create(
            {"job_id": self.job.id, "stream_id": streams.id, "source_id": "1"}
        )
        clean_up = self.env["crm.migration.clean.up"].with_user(user)
        clean_up = clean_up.create({"job_id": self.job.id})
        self.ask(confirmed=True).action_close()
        self.env.invalidate_all()
        for press in (
            fetch.action_fetch,
            fetch.action_load,
            fetch.action_let_vanish,
            lambda: fetch.write({"source_id": "2"}),
            clean_up.action_clean_up,
        ):
            with self.assertRaisesRegex(UserError, "not there any more"):
                press()

    def test_taken_back_it_is_still_at_its_end(self):
        self.ask(confirmed=True).action_close()
        self.run_kinds("rollback")
        self.assertEqual((self.job.phase, self.job.loaded_count), ("done", 0))

    def test_a_run_at_work_is_in_the_way(self):
        self.job._start_run("extract", {"again": True})
        with self.assertRaisesRegex(UserError, "at work"):
            self.job._close()

    def test_the_dialog_that_began_it_keeps_no_credentials(self):
        start = self.env["crm.migration.job.start"].create(
            {"source": "fake", "name": "Anew"}
        )
        start._set_settings({"url": "https://crm.example", "token": SECRET})
        self.assertTrue(start.sudo().settings_secret)
        job = self.env["crm.migration.job"].browse(start.action_start()["res_id"])
        self.assertTrue(job.has_credentials)
        self.assertFalse(start.sudo().settings_secret)

    def test_a_reviewer_may_not(self):
        reviewer = new_test_user(self.env, "closer", GROUP.format("reviewer"))
        with self.assertRaises(AccessError):
            self.job.with_user(reviewer).action_close()
        with self.assertRaises(AccessError):
            self.env["crm.migration.close"].with_user(reviewer).create(
                {"job_id": self.job.id, "confirmed": True}
            )
        manager = new_test_user(self.env, "owner", GROUP.format("manager"))
        dialog = self.env["crm.migration.close"].with_user(manager)
        dialog.create({"job_id": self.job.id, "confirmed": True}).action_close()
        self.assertEqual(self.job.closed_by_id, manager)

    def test_the_command_line_wants_the_name(self):
        status, said = self.call_replay("close")
        self.assertEqual(status, 2)
        self.assertIn("4 records", said[0])
        self.assertTrue(self.job.active)
        status, said = self.call_replay("close", confirm="Test")
        self.assertEqual(status, 0)
        self.assertIn("Closed on", said[-1])
        self.assertFalse(self.job.active)
