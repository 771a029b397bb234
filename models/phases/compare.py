"""Say what a load of changes would bring before it writes anything."""

from odoo import models
from odoo.tools import SQL


class CrmMigrationPhaseCompare(models.AbstractModel):
    """Of what was loaded before and has changed, find the fields that a person changed."""

    _name = "crm.migration.phase.compare"
    _description = "Migration Phase: Compare"
    _inherit = ["crm.migration.phase.load"]

    def _start(self, run):
        run.total = 0

    def _get_plan(self, run):
        """Return the mappings; of a first reading there is nothing to compare."""
        return super()._get_plan(run) if run.job_id._is_loaded_before() else []

    def _share(self, run, plan):
        return False

    def _may_leave(self, run, mapping):
        return True

    def _select_rows(self, run, mapping, is_whole=False, **columns):
        """Return the query of what is in Odoo and would be written again."""
        query, parameters = super()._select_rows(run, mapping, is_whole, **columns)
        known = "(map.id IS NOT NULL OR earlier.res_id IS NOT NULL)"
        return f"{query} AND {known}", parameters

    def _work_rows(self, run, mapping, target, rows):
        target._compare_changes(run, mapping, rows)
        run.done += len(rows)

    def _count(self, run, stream, mappings):
        """Return how many records of an object a load would create, update and leave."""
        if not run.job_id._is_loaded_before():
            return self._count_staged(stream, mappings), 0, stream._count_loaded()
        load = self.env["crm.migration.phase.load"]
        queries = []
        for mapping in mappings:
            query, parameters = load._select_rows(run, mapping, is_whole=True)
            given = {**parameters, "stream": stream.id}
            queries.append(self.env.cr.mogrify(query, given).decode())
        self.env.flush_all()
        self.env.cr.execute(
            f"""
            SELECT count(*) FILTER (WHERE NOT is_known),
                   count(*) FILTER (WHERE is_known),
                   count(*) FILTER (WHERE is_known AND is_loaded)
              FROM (SELECT each.id, bool_or(each.mapped_id IS NOT NULL) AS is_known,
                           bool_or(each.state = 'loaded') AS is_loaded
                      FROM ({" UNION ALL ".join(queries)}) AS each
                      JOIN crm_migration_record AS staged
                        ON staged.id = each.id AND staged.vanished_at IS NULL
                     GROUP BY each.id) AS found
            """
            if queries
            else "SELECT 0, 0, 0"
        )
        new, changed, changed_loaded = self.env.cr.fetchone()
        return new, changed, stream._count_loaded() - changed_loaded

    def _count_staged(self, stream, mappings):
        """Return how many records of an object the mappings take: all of them are new."""
        taken = [
            SQL(
                "record.values -> %s ->> '@mapping' = %s",
                mapping.part or "",
                str(mapping.id),
            )
            for mapping in mappings
        ]
        self.env.flush_all()
        [[count]] = self.env.execute_query(
            SQL(
                "SELECT count(*) FROM crm_migration_record AS record"
                " WHERE record.stream_id = %s AND record.state IN ('ready', 'loaded')"
                " AND record.vanished_at IS NULL AND (%s)",
                stream.id,
                SQL(" OR ").join(taken) if taken else SQL("FALSE"),
            )
        )
        return count

    def _finish(self, run):
        """Count, of the objects that the run was about."""
        streams = run.job_id.stream_ids.filtered("selected")
        if run._get_chosen() is not None:
            streams &= run._get_chosen_streams()
        self._count_changes(run, streams)

    def _count_changes(self, run, streams):
        """Count what is new, changed and as it was, object by object."""
        mappings = self._get_mappings(run).grouped("stream_id")
        for stream in streams:
            none = self.env["crm.migration.mapping"]
            counts = self._count(run, stream, mappings.get(stream, none))
            names = ("new_count", "changed_count", "unchanged_count")
            stream.write(dict(zip(names, counts, strict=True)))
