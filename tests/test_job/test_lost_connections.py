"""A connection that is lost in the middle of a batch: known as one, and told without rows."""

import psycopg2
from psycopg2 import errors

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.job.conflicts import is_lost
from ...models.job.crm_migration_run_engine import CrmMigrationRunEngine
from ..common import CrmMigrationCase


@tagged("post_install", "-at_install")
class TestLostConnections(CrmMigrationCase):
    # The real ones are cut by ./dev/test stops.
    def test_a_connection_is_lost_whatever_psycopg2_calls_it(self):
        cursor = self.env.cr
        for lost in (
            psycopg2.InterfaceError("connection already closed"),
            psycopg2.DatabaseError("server closed the connection unexpectedly"),
        ):
            self.assertTrue(is_lost(cursor, lost), lost)
        for other in (errors.DiskFull(), errors.UniqueViolation(), ValueError()):
            self.assertFalse(is_lost(cursor, other), other)

    @mute_logger("odoo.addons.crm_migration")
    def test_a_statement_that_fails_is_logged_without_its_values(self):
        def advance(run):
            run.env.cr.execute("SELECT %s::int", ["marta@example.com"])

        self.patch(CrmMigrationRunEngine, "_advance", advance)
        run = self.job._start_run("extract")
        with self.assertLogs("odoo.sql_db", "ERROR") as log:
            run._advance_safely()
        self.assertEqual(run.state, "blocked")
        self.assertIn("bad query: SELECT …", log.output[0])
        self.assertIn("InvalidTextRepresentation", log.output[0])
        self.assertNotIn("marta", "".join(log.output))
