"""A mend is undone while a file is loaded: verification finds what came of it."""

from odoo.tests import tagged

from ..test_files.cases_common import CaseLoading
from .fault_kinds import tell
from .fault_undone import UNDONE


@tagged("post_install", "-at_install")
class TestUndoneMends(CaseLoading):
    def get_findings(self):
        """Return the kinds of what verification has found, ``unaccounted`` among them."""
        domain = [("job_id", "=", self.job.id)]
        found = self.env["crm.migration.difference"].search(domain)
        lost = self.env["crm.migration.unaccounted"].search(domain)
        return {d.kind or d.field for d in found} | ({"unaccounted"} if lost else set())

    def test_what_came_of_it_is_found(self):
        for fault in UNDONE:
            with self.subTest(fault.case, sentence=fault.sentence):
                with fault.undo(self.env):
                    status, _text = self.load_files(fault.files)
                found = self.get_findings()
                there = found & set(fault.found_by)
                tell([(fault.case, fault.sentence, ", ".join(sorted(there)))])
                self.assertTrue(there, found)
                self.assertNotEqual(status, 0)

    def test_mended_the_same_files_give_no_difference(self):
        for fault in UNDONE:
            with self.subTest(fault.case, sentence=fault.sentence):
                status, text = self.load_files(fault.files)
                self.assertEqual(self.get_findings(), set(), text)
                self.assertEqual(status, 0, text)
