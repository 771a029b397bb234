"""Files: byte for byte, of the right type, on the right record, or with a reason."""

import base64
import hashlib
import io
from datetime import datetime

from PIL import Image

from odoo.tests import tagged

from ...connectors.core.errors import RecordError
from ...models.safety.context import DRY_RUN
from ..loader_common import LoaderCase


def picture(width, height):
    stream = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(
        stream, "JPEG", quality=95
    )
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestLoaderAttachment(LoaderCase):
    def setUp(self):
        super().setUp()
        self.load("deals", "crm.lead", {"1": {"name": "Deal"}})
        self.lead = self.loaded("deals", "1")

    def load_files(self, files, **more):
        """Load files (name → bytes or error), each with the values of ``more``."""
        self.give_files(files)
        return self.load(
            "files",
            "ir.attachment",
            {
                name: {
                    "name": name,
                    "@file": {"path": name, "name": name},
                    "@thread": [self.ref("deals", "1")],
                    **more,
                }
                for name in files
            },
        )

    def test_bytes_arrive_as_they_are(self):
        files = {
            "große Wand.jpg": picture(2400, 1600),
            "página.html": b"<html><script>1</script></html>",
            "logo.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
            "empty.txt": b"",
            "any.bin": bytes(range(256)) * 40,
        }
        self.assertEqual(self.load_files(files), {"created": 5})
        for name, content in files.items():
            file = self.loaded("files", name)
            self.assertEqual(
                hashlib.sha256(file.raw or b"").hexdigest(),
                hashlib.sha256(content).hexdigest(),
                name,
            )
            self.assertEqual((file.res_model, file.res_id), ("crm.lead", self.lead.id))
        self.assertEqual(self.loaded("files", "página.html").mimetype, "text/html")
        self.assertEqual(self.loaded("files", "logo.svg").mimetype, "image/svg+xml")

    def test_a_dry_run_reads_no_file_for_its_bytes_would_stay(self):
        def refuse(job, reference, limit=None):
            raise AssertionError("a file was read")

        self.patch(type(self.job), "_read_whole_file", refuse)
        loader = self.env["crm.migration.target"].with_context(**{DRY_RUN: True})
        rows = {"a.bin": {"name": "a.bin", "@thread": [self.ref("deals", "1")]}}
        rows["a.bin"]["@file"] = {"path": "a.bin", "name": "a.bin"}
        mapping = self.stage("files", "ir.attachment", rows)
        counter = loader._for("ir.attachment")._load(
            self.load_run, mapping, self.rows("files", rows)
        )
        self.assertEqual(counter, {"created": 1})

    def test_odoo_itself_would_have_scaled_the_picture(self):
        raw = picture(2400, 1600)
        naive = self.env["ir.attachment"].create({"name": "w.jpg", "raw": raw})
        self.assertNotEqual(naive.raw, raw)

    def test_identical_bytes_are_stored_once(self):
        self.load_files({"a.bin": b"same" * 999, "b.bin": b"same" * 999})
        one, two = self.loaded("files", "a.bin"), self.loaded("files", "b.bin")
        self.assertNotEqual(one, two)
        self.assertEqual(one.store_fname, two.store_fname)

    def test_missing_cut_and_large_files_each_say_so(self):
        self.job.attachment_limit = 1
        self.give_files(
            {
                "gone": RecordError(
                    "missing_file", stream="files", source_id="gone", name="gone.pdf"
                ),
                "cut": b"half",
                "large": b"x" * (1024 * 1024 + 1),
                "announced": b"never read",
                "fine": b"fine",
            }
        )
        thread = [self.ref("deals", "1")]
        rows = {
            name: {"name": name, "@file": {"path": name, **more}, "@thread": thread}
            for name, more in {
                "gone": {},
                "cut": {"size": 8},
                "large": {},
                "announced": {"size": 99_000_000},
                "fine": {"size": 4},
            }.items()
        }
        counter = self.load("files", "ir.attachment", rows)
        self.assertEqual(counter, {"created": 1, "failed": 4})
        problems = {name: self.staged("files", name).problem for name in rows}
        self.assertEqual(
            problems,
            {
                "gone": "file_missing",
                "cut": "file_incomplete",
                "large": "file_large",
                "announced": "file_large",
                "fine": False,
            },
        )
        self.job.attachment_policy = "all"
        self.assertEqual(
            self.load("files", "ir.attachment", {"large": rows["large"]}),
            {"created": 1},
        )

    def test_a_file_of_a_message_shows_on_the_message_and_in_its_text(self):
        self.load(
            "mails",
            "mail.message",
            {
                "1": {
                    "body": '<p>see <img src="cid:logo&amp;1"></p>',
                    "date": "2019-01-01 00:00:00",
                    "@thread": [self.ref("deals", "1")],
                }
            },
        )
        self.load_files(
            {"logo.png": base64.b64decode("iVBORw0KGgo=")},
            **{
                "@thread": [self.ref("mails", "1")],
                "@inline": "cid:logo&1",
                "@created_at": "2019-01-01 00:00:00",
                "@created_by": {"$owner": "anna"},
            },
        )
        message, file = self.loaded("mails", "1"), self.loaded("files", "logo.png")
        self.assertEqual(message.attachment_ids, file)
        self.assertEqual((file.res_model, file.res_id), ("crm.lead", self.lead.id))
        self.assertIn(
            f"/web/image/{file.id}?access_token={file.access_token}", message.body
        )
        self.assertEqual(
            (file.create_date, file.create_uid), (datetime(2019, 1, 1), self.anna)
        )
        self.assertEqual(self.verify("mails", "mail.message", ["1"]), [])

    def test_verification_reads_the_bytes_again(self):
        self.load_files({"a.bin": b"a" * 99, "b.bin": b"b" * 99})
        names = ["a.bin", "b.bin"]
        self.assertEqual(self.verify("files", "ir.attachment", names), [])
        file = self.loaded("files", "a.bin")
        other = self.loaded("files", "b.bin")
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = %s, res_id = %s WHERE id = %s",
            [other.store_fname, self.lead.id + 1, file.id],
        )
        self.env.invalidate_all()
        found = {e["field"] for e in self.verify("files", "ir.attachment", names)}
        self.assertLessEqual({"raw", "res_id", "checksum"}, found)

    def test_a_file_that_the_source_has_replaced_is_replaced(self):
        self.load_files({"a.txt": b"old"})
        file = self.loaded("files", "a.txt")
        changed_at = file.write_date
        self.give_files({"a.txt": b"new!"})
        rows = {
            "a.txt": {
                "name": "a.txt",
                "@file": {"path": "a.txt", "name": "a.txt", "size": 4},
                "@thread": [self.ref("deals", "1")],
            }
        }
        self.load("files", "ir.attachment", rows)
        self.assertEqual(file.raw, b"new!")
        self.assertEqual(file.mimetype, "text/plain")
        self.assertEqual(file.write_date, changed_at, "it looks like nobody's work")
        self.work_on(file, name="ours.txt")
        self.give_files({"a.txt": b"newer"})
        rows["a.txt"]["@file"]["size"] = 5
        self.load("files", "ir.attachment", rows)
        self.assertEqual(file.raw, b"new!")
        self.assertTrue(self.messages("changed_by_both"))

    def test_a_file_that_another_addon_processes_is_not_taken_for_the_same(self):
        Attachment = type(self.env["ir.attachment"])
        origin = Attachment._check_contents

        def process(files, values):
            if "raw" in values:
                values["raw"] += b"?"
            return origin(files, values)

        self.patch(Attachment, "_check_contents", process)
        self.assertEqual(self.load_files({"a.bin": b"bytes"}), {"failed": 1})
        self.assertEqual(self.staged("files", "a.bin").problem, "file_altered")
        self.assertFalse(self.staged("files", "a.bin").res_id)
