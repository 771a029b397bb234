"""Files of a migration: uploads become its own, what is merely readable is copied."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import MigrationCase

ROWS = b"Name,Email\nAnna Lund,anna@lund.example\nBo Ek,bo@ek.example\n"


@tagged("post_install", "-at_install")
class TestOwnFiles(MigrationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "base.group_user,crm_migration.crm_migration_group_manager"
        cls.manager = new_test_user(cls.env, "own-files", groups=groups)
        cls.partner = cls.env["res.partner"].create({"name": "Bearer"})
        cls.theirs = cls.env["ir.attachment"].create(
            {
                "name": "contacts.csv",
                "raw": ROWS,
                "res_model": "res.partner",
                "res_id": cls.partner.id,
            }
        )

    def start(self, files):
        dialog = self.env["crm.migration.job.start"].with_user(self.manager)
        start = dialog.create(
            {
                "source": "spreadsheet",
                "file_ids": [(6, 0, files.ids)],
                "step": "options",
            }
        )
        self.assertTrue(start._check(), start.finding_ids.mapped("text"))
        return self.env["crm.migration.job"].browse(start.action_start()["res_id"])

    def work_all(self, job):
        self.work(job.run_id)
        self.assertEqual(job.run_id.state, "done", job.run_id.blocked_reason)

    def test_a_file_of_somebody_else_is_copied_and_outlives_the_migration(self):
        job = self.start(self.theirs)
        self.assertEqual(len(job.file_ids), 1)
        self.assertNotEqual(job.file_ids, self.theirs)
        self.assertEqual(job.file_ids.raw, ROWS)
        self.assertEqual(job.file_ids.store_fname, self.theirs.store_fname)
        self.work_all(job)
        copy = job.file_ids
        job._close()
        self.assertFalse(copy.exists())
        self.assertTrue(self.theirs.exists())
        self.assertEqual(
            (self.theirs.res_model, self.theirs.res_id),
            ("res.partner", self.partner.id),
        )
        self.env["ir.attachment"]._gc_file_store_unsafe()
        self.theirs.invalidate_recordset()
        self.assertEqual(self.theirs.raw, ROWS)

    def test_an_upload_becomes_the_migration_s_own_and_goes_with_it(self):
        upload = (
            self.env["ir.attachment"]
            .with_user(self.manager)
            .create({"name": "contacts.csv", "raw": ROWS})
        )
        job = self.start(upload)
        self.assertEqual(job.file_ids, upload)
        self.assertEqual(
            (upload.sudo().res_model, upload.sudo().res_id), (job._name, job.id)
        )
        self.work_all(job)
        job._close()
        self.assertFalse(upload.exists())

    def test_what_may_not_be_read_is_no_file_for_a_migration(self):
        secret = self.env["ir.attachment"].create(
            {
                "name": "contacts.csv",
                "raw": ROWS,
                "res_model": "ir.mail_server",
                "res_id": self.env["ir.mail_server"]
                .create({"name": "Post", "smtp_host": "localhost"})
                .id,
            }
        )
        with self.assertRaises(AccessError):
            self.start(secret)
        with self.assertRaises(AccessError):
            self.env["crm.migration.job"].with_user(self.manager).create(
                {"name": "x", "source": "spreadsheet"}
            )._adopt_files(secret.with_user(self.manager))

    def test_a_newer_export_of_somebody_else_is_copied_as_well(self):
        job = self.start(self.theirs)
        self.work_all(job)
        first = job.file_ids
        newer = self.theirs.copy({"name": "contacts-2.csv"})
        self.env["crm.migration.read.again"].with_user(self.manager).create(
            {"job_id": job.id, "file_ids": [(6, 0, newer.ids)]}
        ).action_read_again()
        self.assertFalse(first.exists())
        self.assertNotEqual(job.file_ids, newer)
        self.assertEqual(newer.res_id, self.partner.id)
        self.assertEqual(job.file_ids.raw, ROWS)

    def test_no_words_of_a_file_of_the_command_line_are_kept_besides(self):
        self.assertIn("anna@lund", self.theirs.index_content)  # as Odoo does
        file = self.env["crm.migration.replay"]._keep_files([("people.csv", ROWS)])
        self.assertEqual((file.raw, file.mimetype), (ROWS, "text/csv"))
        self.assertFalse(file.index_content)
