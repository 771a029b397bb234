"""A record that was loaded before: the source then, the source now, Odoo now."""

from odoo import api, models


class CrmMigrationComparisonAgain(models.AbstractModel):
    """The three sides by which conflicts are decided, of each field of a record."""

    _name = "crm.migration.comparison.again"
    _description = "Migration Comparison: Again"

    @api.model
    def _compare_again(self, record):
        """Return the rows for a staging record.

        A row is ``{"target", "label", "heading", "then", "source", "now", "edited",
        "changed", "disputed"}``. ``then`` is None where nothing was loaded, ``now`` where
        nothing is shown; ``disputed``: both sides have changed it, and nobody has decided.
        """
        plan, loaded = self._plan(record), self._read_loaded(record)
        then = [loaded.get(row["part"], {}).get(row["target"]) for row in plan]
        new = [row["converted"] for row in plan]
        texts = self.env["crm.migration.display"]._show(record.job_id, then + new)
        now, disputed = self._read_now(record), self._list_disputed(record)
        rows = []
        for position, row in enumerate(plan):
            before = self._format_choice(row, texts[position])
            after = self._format_choice(row, texts[len(plan) + position])
            rows.append(
                {
                    "target": row["target"],
                    "label": row["label"],
                    "heading": row["heading"],
                    "then": before if row["part"] in loaded else None,
                    "source": after,
                    "now": now(row),
                    "edited": row["edited"],
                    "changed": row["part"] in loaded
                    and then[position] != new[position],
                    "disputed": (row["part"], row["target"]) in disputed,
                }
            )
        return rows

    def _read_loaded(self, record):
        """Return part → target → value of what was loaded last, of all migrations of it."""
        lineage = record.job_id.sudo()._get_lineage().ids
        links = self.env["crm.migration.id.map"].search(
            [
                ("job_id", "in", lineage),
                ("stream", "=", record.stream),
                ("source_id", "=", record.source_id),
            ]
        )
        links = links.sorted(lambda link: lineage.index(link.job_id.id), reverse=True)
        return {link.part or "": link.loaded or {} for link in links}

    def _list_disputed(self, record):
        rows = self.env["crm.migration.conflict"].search(
            [("record_id", "=", record.id), ("state", "=", "open")]
        )
        return {(row.part or "", row.field) for row in rows}
