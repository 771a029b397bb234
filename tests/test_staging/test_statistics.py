"""What PostgreSQL counts of the staging table, before each phase."""

from odoo.tests import tagged

from ...models.job.kinds import PHASES_OF_KIND
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

    def test_tables_are_counted_only_behind_what_has_changed_them(self):
        self.use_source(companies=[{"id": n, "name": f"Firm {n}"} for n in range(20)])
        self.run_kinds("discover", "extract")
        run = self.job.run_ids.create({"job_id": self.job.id, "kind": "load"})
        counted = {}
        for phase in PHASES_OF_KIND["load"]:
            before = self.count_analyzed()
            run._enter(phase)
            counted[phase] = self.count_analyzed() - before
        # Nothing was read behind them; what is linked stands in the same rows.
        for phase in ("load", "settle", "archive"):
            self.assertEqual(counted.pop(phase), 0, phase)
        self.assertEqual(set(counted.values()), {1})

    def count_analyzed(self):
        self.env.cr.execute(
            "SELECT pg_stat_force_next_flush(), pg_stat_clear_snapshot(),"
            " pg_stat_get_analyze_count('crm_migration_record'::regclass)"
        )
        return self.env.cr.fetchone()[-1]
