"""Which Odoo record stands for which source record, and what a rollback does to it."""

from odoo import api, fields, models


class CrmMigrationIdMap(models.Model):
    """Written by the loaders in the batch that writes the record itself, by SQL."""

    _name = "crm.migration.id.map"
    _description = "Migration Link"
    _inherit = ["crm.migration.protected"]
    _order = "id"
    _log_access = False

    job_id = fields.Many2one(
        "crm.migration.job", string="Migration", required=True, ondelete="cascade"
    )
    run_id = fields.Many2one("crm.migration.run", index=True, ondelete="set null")
    stream = fields.Char(required=True)
    source_id = fields.Char(required=True)
    part = fields.Char(required=True, default="")
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    outcome = fields.Selection(
        [
            ("created", "Created"),
            ("updated", "Updated"),
            ("merged", "Merged"),
            ("matched", "Found"),
        ],
        required=True,
    )
    rollback_action = fields.Selection(
        [("delete", "Delete"), ("restore", "Restore"), ("keep", "Keep")], required=True
    )
    values_hash = fields.Char(
        help="Of the values that were loaded; a delta compares it."
    )
    loaded_at = fields.Datetime()
    watermark = fields.Datetime(
        help="write_date of the record when the load left it; later means a person's work."
    )
    loaded = fields.Json(help="Values as they were staged when they were loaded.")
    deferred = fields.Json(help="Target → reference to a record that came later.")
    withheld = fields.Json(help="Target → why Odoo did not take its value.")
    extras = fields.Json(help="Model → ids of what else was created for the record.")

    _source_uniq = models.UniqueIndex(
        "(job_id, stream, source_id, part)", "A source record is loaded once."
    )
    _res_idx = models.Index("(res_model, res_id)")
    _deferred_idx = models.Index("(job_id, id) WHERE deferred IS NOT NULL")

    @api.model
    def _resolve(self, job, refs):
        """Return reference → (model, id) for every reference that was loaded.

        :param refs: tuples (stream, source id), or (stream, value, member) for the
            record of the stream whose member has this value, case ignored
        """
        aliases = self._find_by_member(job, [ref for ref in refs if len(ref) > 2])
        wanted = {ref: aliases.get(ref) if len(ref) > 2 else ref for ref in refs}
        keys = {key for key in wanted.values() if key}
        if not keys:
            return {}
        self.env.cr.execute(
            """
            SELECT map.stream, map.source_id, map.res_model, map.res_id
              FROM unnest(%s, %s) AS ref (stream, source_id)
              JOIN crm_migration_id_map AS map
                ON map.job_id = %s AND map.stream = ref.stream
               AND map.source_id = ref.source_id AND map.part = ''
            """,
            [*map(list, zip(*keys, strict=True)), job.id],
        )
        found = {
            (stream, source_id): (model, res_id)
            for stream, source_id, model, res_id in self.env.cr.fetchall()
        }
        return {ref: found[key] for ref, key in wanted.items() if key in found}

    @api.model
    def _find_later(self, job, refs):
        """Return those of the references whose staging record is still to be loaded."""
        aliases = self._find_by_member(job, [ref for ref in refs if len(ref) > 2])
        wanted = {ref: aliases.get(ref) if len(ref) > 2 else ref for ref in refs}
        keys = {key for key in wanted.values() if key}
        if not keys:
            return set()
        self.env.cr.execute(
            """
            SELECT record.stream, record.source_id
              FROM unnest(%s, %s) AS ref (stream, source_id)
              JOIN crm_migration_record AS record
                ON record.job_id = %s AND record.stream = ref.stream
               AND record.source_id = ref.source_id
             WHERE record.state IN ('extracted', 'ready')
            """,
            [*map(list, zip(*keys, strict=True)), job.id],
        )
        waiting = set(self.env.cr.fetchall())
        return {ref for ref, key in wanted.items() if key in waiting}

    @api.model
    def _find_by_member(self, job, refs):
        """Return (stream, value, member) → (stream, source id); the oldest one wins."""
        groups = {}
        for stream, value, member in refs:
            groups.setdefault((stream, member), set()).add(value.strip().lower())
        found = {}
        for (stream, member), values in groups.items():
            self.env.cr.execute(
                """
                SELECT DISTINCT ON (value) value, source_id
                  FROM (SELECT id, source_id, lower(trim(COALESCE(
                                payload ->> %(member)s,
                                payload #>> string_to_array(%(member)s, '.')))) AS value
                          FROM crm_migration_record
                         WHERE job_id = %(job)s AND stream = %(stream)s) AS record
                 WHERE value = ANY(%(values)s)
                 ORDER BY value, id
                """,
                {
                    "job": job.id,
                    "stream": stream,
                    "member": member,
                    "values": list(values),
                },
            )
            for value, source_id in self.env.cr.fetchall():
                found[stream, value, member] = (stream, source_id)
        return {
            (stream, value, member): found[stream, value.strip().lower(), member]
            for stream, value, member in refs
            if (stream, value.strip().lower(), member) in found
        }
