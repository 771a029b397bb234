"""Which Odoo record stands for which source record, and what a rollback does to it."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..staging.crm_migration_stream_filter import FILTERED, PARENT_FILTERED
from ..staging.unchecked import UncheckedMany2one


class CrmMigrationIdMap(models.Model):
    """Written by the loaders in the batch that writes the record itself, by SQL."""

    _name = "crm.migration.id.map"
    _description = "Migration Link"
    _inherit = [
        "crm.migration.id.map.target",
        "crm.migration.id.map.same.name",
        "crm.migration.labelled",
        "crm.migration.protected",
    ]
    _order = "id"
    _log_access = False

    job_id = fields.Many2one(
        "crm.migration.job", string="Migration", required=True, ondelete="cascade"
    )
    # Runs go with their migration, as the link does.
    run_id = UncheckedMany2one("crm.migration.run", index=True, ondelete="set null")
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
            ("known", "Known Before"),
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
    changed_run_id = UncheckedMany2one(
        "crm.migration.run",
        ondelete="set null",
        help="The run that wrote the record last.",
    )
    settled_at = fields.Datetime(
        help="When the record was brought into its final state, behind all links."
    )
    archived_at = fields.Datetime(
        help="When the migration archived the record, because it has vanished."
    )
    watermark = fields.Datetime(
        help="When the load left the record; a later change is a person's work."
    )
    loaded = fields.Json(help="Values as they were staged when they were loaded.")
    former_names = fields.Json(
        help="Names and addresses by which the source called it before."
    )
    deferred = fields.Json(help="Target → reference to a record that came later.")
    withheld = fields.Json(help="Target → why Odoo did not take its value.")
    extras = fields.Json(help="Model → ids of what else was created for the record.")

    _source_uniq = models.UniqueIndex(
        "(job_id, stream, source_id, part)", "A source record is loaded once."
    )
    _res_idx = models.Index("(res_model, res_id)")
    _former_idx = models.Index("(job_id, stream) WHERE former_names IS NOT NULL")
    _deferred_idx = models.Index("(job_id, id) WHERE deferred IS NOT NULL")
    # A rollback asks of each row that refers to a record whose extra it is.
    _extras_idx = models.Index(
        "USING gin (extras jsonb_path_ops) WHERE extras IS NOT NULL"
    )

    def init(self):
        """Let ANALYZE leave alone what was loaded, as it does what was read."""
        self.env.cr.execute(
            SQL(
                "ALTER TABLE %s ALTER COLUMN loaded SET STATISTICS 0",
                SQL.identifier(self._table),
            )
        )

    @api.model
    def _resolve(self, job, refs):
        """Return reference → (model, id) for every reference that was loaded.

        :param refs: tuples (stream, source id)
        """
        if not refs:
            return {}
        lineage = job._get_lineage().ids
        self.env.cr.execute(
            """
            SELECT map.stream, map.source_id, map.res_model, map.res_id
              FROM unnest(%s, %s) AS ref (stream, source_id)
              -- One by one: else all that was loaded is read for every batch.
              JOIN LATERAL (
                   SELECT * FROM crm_migration_id_map AS known
                    WHERE known.job_id = ANY(%s) AND known.stream = ref.stream
                      AND known.source_id = ref.source_id AND known.part = ''
                   OFFSET 0) AS map ON TRUE
             -- What this migration knows itself counts most, hence comes last.
             ORDER BY array_position(%s, map.job_id) DESC
            """,
            [*map(list, zip(*refs, strict=True)), lineage, lineage],
        )
        return {
            (stream, source_id): (model, res_id)
            for stream, source_id, model, res_id in self.env.cr.fetchall()
        }

    @api.model
    def _find_left_out(self, job, refs):
        """Return those of the references whose record a filter has left out."""
        return self._find_staged(
            job,
            refs,
            SQL(
                "record.state = 'skipped' AND record.skip_reason IS NULL"
                " AND record.problem = ANY(%s)",
                [FILTERED, PARENT_FILTERED],
            ),
        )

    @api.model
    def _find_later(self, job, refs):
        """Return those of the references whose staging record is still to be loaded."""
        return self._find_staged(
            job, refs, SQL("record.state IN ('extracted', 'ready')")
        )

    def _find_staged(self, job, refs, condition):
        """Return those of the references whose staging record fulfills a condition."""
        if not refs:
            return set()
        streams, source_ids = map(list, zip(*refs, strict=True))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT ref.stream, ref.source_id
                  FROM unnest(%s, %s) AS ref (stream, source_id)
                  JOIN crm_migration_stream AS stream
                    ON stream.job_id = %s AND stream.name = ref.stream
                  -- One by one: else all that was read is read for every batch.
                  JOIN LATERAL (
                       SELECT * FROM crm_migration_record AS read
                        WHERE read.stream_id = stream.id
                          AND read.source_id = ref.source_id
                       OFFSET 0) AS record ON TRUE
                 WHERE %s
                """,
                *(streams, source_ids, job.id, condition),
            )
        )
        return set(rows)
