"""Ask the staged values themselves, before the load, all of an object at once."""

from odoo import models
from odoo.tools import SQL

from ..staging.part_values import part_values


class CrmMigrationLoadingForesight(models.AbstractModel):
    _name = "crm.migration.loading.foresight"
    _description = "Migration: Loading Foresight"

    def _fetch_staged(self, mappings, select, where):
        """Return rows of a query over the staged values ``v`` of the documents.

        :param select: what is wanted of them; ``where``: which of them
        """
        parts = [
            SQL(
                "SELECT %(select)s FROM crm_migration_record AS record"
                f" CROSS JOIN LATERAL (SELECT {part_values()} AS v) AS merged"
                " WHERE record.stream_id = %(stream)s AND record.state <> 'skipped'"
                " AND record.values -> %(part)s ->> '@mapping' = %(mapping)s AND %(where)s",
                select=select,
                part=mapping.part or "",
                stream=mapping.stream_id.id,
                mapping=str(mapping.id),
                where=where,
            )
            for mapping in mappings
        ]
        if not parts:
            return []
        return self.env.execute_query(SQL(" UNION ALL ").join(parts))
