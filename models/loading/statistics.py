"""Let PostgreSQL know how large the tables have become that a load fills."""

from odoo import models
from odoo.tools import SQL


class CrmMigrationLoadingStatistics(models.AbstractModel):
    """Within a minute, and within one transaction, a load fills tables that PostgreSQL last
    counted empty: it then plans for a handful of rows, and a join of three of them takes
    minutes instead of milliseconds (the payment state of 100 invoices, Odoo 19.0).
    """

    _name = "crm.migration.loading.statistics"
    _description = "Migration: Loading Statistics"
    _counted_tables = ()
    """Tables that a target fills and Odoo joins; the first one tells how much came."""

    def _count_tables(self):
        """Count the tables anew once the first has twice the rows that are known."""
        if not self._counted_tables:
            return
        first = self._counted_tables[0]
        self.env.flush_all()
        ((known, there),) = self.env.execute_query(
            SQL(
                "SELECT reltuples, (SELECT count(*) FROM %s) FROM pg_class"
                " WHERE oid = %s::regclass",
                SQL.identifier(first),
                first,
            )
        )
        if known < 0 or there > 2 * known:
            for table in self._counted_tables:
                self.env.cr.execute(SQL("ANALYZE %s", SQL.identifier(table)))
