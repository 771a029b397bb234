"""What is said of files and their columns: once, in words, and nothing is lost unsaid."""

import re
from inspect import getsource

from odoo.tests import tagged

from ...connectors.core import file_kinds
from ...models.job.crm_migration_job_losses import ASKED
from .file_fields_common import FileFieldsCase


@tagged("post_install", "-at_install")
class TestFileMessages(FileFieldsCase):
    def test_what_a_rehearsal_foretold_is_not_told_twice(self):
        self.migrate(
            companies__csv="Record ID,Company name,City\n7,Foods,Cork\n8,Foods,Leeds\n",
            notes__csv="Record ID,Note body,Associated Company\n1,Called,Foods\n",
        )
        self.assertEqual(len(self.messages("reference_unclear")), 1)
        self.messages("reference_unclear")[0].copy({"phase": "dry_run"})
        self.run_kind("load")
        phases = set(self.messages().mapped("phase"))
        self.assertNotIn("dry_run", phases)

    def test_every_kind_of_file_that_is_not_read_is_told_to_be_missing(self):
        codes = re.findall(r'"((?:file|zip)_[a-z]+|old_excel)"', getsource(file_kinds))
        # An empty file holds nothing that could be lost.
        self.assertLessEqual(set(codes) - {"file_empty"}, set(ASKED))

    def test_no_code_stands_on_the_screen(self):
        self.migrate(
            contacts__csv="id,full name,Email,Email\n1,Vera Example,vera,\n2,,nobody,\n"
        )
        texts = self.messages().mapped(lambda m: f"{m.text} {m.value} {m.advice}")
        for text in texts:
            self.assertNotRegex(text, r"\[|None|\{")
        vera, nobody = (
            self.messages("bad_email").filtered(lambda m, key=key: m.source_id == key)
            for key in "12"
        )
        self.assertIn("in the notes", vera.text)
        self.assertIn("vera", self.loaded("contacts", "1").comment)
        self.assertNotIn("the notes", nobody.text, "its record is not loaded")

    def test_a_name_that_leads_nowhere_is_kept_in_the_notes(self):
        self.migrate(
            contacts__csv="Id,Full Name\n1,Eva Example\n",
            tasks__csv="Id,Subject,Due Date,Owner,Contact\n"
            "1,Call,2024-05-01,Marta,Nobody Known\n2,Mail,2024-05-01,Marta,Eva Example\n",
        )
        missing = self.messages("reference_missing")
        self.assertEqual(missing.mapped("value"), ["Nobody Known"])
