"""A link that the database does not check row by row."""

from odoo import fields
from odoo.tools import SQL


class UncheckedMany2one(fields.Many2one):
    """The other end lives as long as what another column of the row refers to.

    A run goes with its migration, and so does the row: the one check does for both.
    Checking each row three times took more than half of what it takes to write it.
    """

    def update_db_foreign_key(self, model, column):
        """Leave it out; take away the one that an earlier version made (19.0)."""
        model.env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s",
                SQL.identifier(model._table),
                SQL.identifier(f"{model._table}_{self.name}_fkey"),
            )
        )
