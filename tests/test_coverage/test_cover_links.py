"""Coverage of links by name asks for no record by itself, however many there are."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import MigrationCase

PEOPLE = 60


@tagged("post_install", "-at_install")
class TestCoverLinks(MigrationCase):
    def count_queries(self, people):
        """Return how many queries the coverage of notes takes that name their contacts."""
        rows = "".join(f"P{n},Ana {n},Alves{n}\n" for n in range(people))
        notes = "".join(
            f"N{n},They want slate {n},Ana {n} Alves{n}\n" for n in range(people)
        )
        files = {
            "contacts.csv": f"id,first name,last name\n{rows}",
            "notes.csv": f"id,note,contact\n{notes}",
        }
        self.import_files(files)
        with mute_logger("odoo.sql_db"):
            run = self.run_kinds("discover", "extract", "load", "verify")
        self.assertFalse(self.job.unaccounted_count)
        phase = self.env["crm.migration.phase.cover"]
        phase._begin(run)
        run.checkpoint = None
        before = self.env.cr.sql_log_count
        while not phase._run_batch(run):
            continue
        return self.env.cr.sql_log_count - before

    def test_many_links_take_no_more_queries_than_few(self):
        few, many = self.count_queries(5), self.count_queries(PEOPLE)
        self.assertLess(many - few, PEOPLE / 4)
