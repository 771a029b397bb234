"""What the phases share that go object by object, mapping by mapping."""

from odoo import models

from ..staging.part_values import part_values


class CrmMigrationPhaseMapped(models.AbstractModel):
    """A place of its way is a mapping; records come in the order of their staging."""

    _name = "crm.migration.phase.mapped"
    _description = "Migration Phase: Mapping by Mapping"
    _inherit = ["crm.migration.phase"]

    def _get_plan(self, run):
        return self._get_mappings(run)

    def _get_mappings(self, run):
        """Return the mappings in order: each behind those whose records it refers to."""
        known = run.job_id.mapping_ids.filtered(
            # Nothing is loaded into a custom object that was cleaned up.
            lambda m: not m.is_cleaned_up or m.model_name in self.env
        )
        return known.filtered("selected").sorted(
            lambda m: (m.sequence, m.part or "", m.id)
        )

    def _work_place(self, run, place, after):
        target = self.env["crm.migration.target"]._for(place.model_name)
        rows = self._get_rows(run, place, after, target)
        if not rows:
            return None
        self._work_rows(run, place, target, rows)
        return rows[-1]["id"]

    def _get_rows(self, run, mapping, after, target):
        """Return the next records of a mapping behind an id, as ``Row``; none at its end."""
        raise NotImplementedError

    def _work_rows(self, run, mapping, target, rows):
        """Do these records, and count them in ``run``."""
        raise NotImplementedError

    def _get_loaded_rows(
        self, mapping, after, chunk, own="", condition="TRUE", until=None
    ):
        """Return the next records that are in Odoo, with what the id map says of them.

        :param own: a join with the records themselves
        :param condition: which of them, in SQL
        """
        return self._fetch_stretch(
            f"""
            SELECT record.id, record.stream, record.source_id, record.name,
                   {part_values()} AS values,
                   map.id AS map_id, map.res_id, map.outcome, map.deferred,
                   map.watermark, map.loaded_at, map.archived_at,
                   map.withheld, map.settled_at, map.extras,
                   map.changed_run_id IS DISTINCT FROM map.run_id AS is_changed_since,
                   record.vanished_at IS NOT NULL
                       AND record.state = 'failed' AS is_given_up
              FROM crm_migration_record AS record
              JOIN crm_migration_id_map AS map
                ON map.job_id = record.job_id AND map.stream = record.stream
               AND map.source_id = record.source_id AND map.part = %(part)s
               AND map.res_model = %(model)s
              {own}
             WHERE record.stream_id = %(stream)s
               AND record.id > %(after)s AND record.id <= %(last)s
               AND record.values -> %(part)s ->> '@mapping' = %(mapping)s
               AND {condition}
             ORDER BY record.id LIMIT %(chunk)s
            """,
            {
                "part": mapping.part or "",
                "mapping": str(mapping.id),
                "model": mapping.model_name,
                "chunk": chunk,
            },
            mapping.stream_id,
            after,
            until,
        )
