"""What PostgreSQL counts of the staging table, before each phase."""

from odoo.tests import tagged

from ..common import CrmMigrationCase


@tagged("post_install", "-at_install")
class TestStatistics(CrmMigrationCase):
    def test_contents_are_not_read_to_count_them(self):
        self.use_source(companies=[{"id": n, "name": f"Firm {n}"} for n in range(20)])
        self.run_kinds("discover", "extract")
        self.env.flush_all()
        self.env.cr.execute("ANALYZE crm_migration_record")
        self.env.cr.execute(
            "SELECT attname FROM pg_stats WHERE tablename = 'crm_migration_record'"
        )
        known = {name for (name,) in self.env.cr.fetchall()}
        self.assertIn("stream_id", known)
        self.assertFalse(known & {"payload", "values", "edits"})
