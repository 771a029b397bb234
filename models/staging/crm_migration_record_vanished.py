"""A record that the source does not have any more, and what becomes of it in Odoo."""

from odoo import api, fields, models

VANISHED_CHOICES = [
    ("keep", "Keep it in Odoo"),
    ("archive", "Archive it in Odoo"),
]

VANISHED_POLICIES = [*VANISHED_CHOICES, ("ask", "Ask me about each")]


UNLOADED = ("extracted", "ready", "problem", "failed", "unmapped")
"""States in which a record that has vanished may still be left out altogether."""


ASK_FROM, ASK_SHARE = 10, 0.5
"""So many records, and such a share of an object, are not archived by a policy: a right
that the account has lost looks the same."""


class CrmMigrationRecordVanished(models.AbstractModel):
    """A record that the source does not have any more, and what becomes of it in Odoo."""

    _name = "crm.migration.record.vanished"
    _description = "Migration: Record Vanished"

    vanished_at = fields.Datetime(
        string="Vanished On",
        readonly=True,
        help="When a complete reading did not find it in the source any more.",
    )
    vanished_choice = fields.Selection(
        VANISHED_CHOICES,
        string="Chosen for It",
        readonly=True,
        help="What becomes of it in Odoo. Empty: what the migration's option says.",
    )

    vanished_fate = fields.Selection(
        [
            *VANISHED_CHOICES,
            ("ask", "To Be Decided"),
            ("archived", "Archived in Odoo"),
            ("absent", "Not in Odoo"),
        ],
        compute="_compute_vanished_fate",
        string="Then",
        help="What becomes of it in Odoo, by what was chosen for it or by the option.",
    )

    _vanished_idx = models.Index("(job_id, stream_id) WHERE vanished_at IS NOT NULL")

    @api.depends("vanished_at", "vanished_choice")
    def _compute_vanished_fate(self):
        gone = self.filtered("vanished_at")
        (self - gone).vanished_fate = False
        for job, records in gone.grouped("job_id").items():
            links = records._get_vanished_links()
            careful = job.sudo()._get_careful_streams()
            for record in records:
                policy = job.vanished_policy
                if policy == "archive" and record.stream_id in careful:
                    policy = "ask"
                archived = links.get(record.id)
                record.vanished_fate = (
                    "absent"
                    if archived is None
                    else "archived"
                    if archived
                    else record.vanished_choice or policy
                )

    def _get_vanished_links(self):
        """Return record id → are all that it became archived, for what is in Odoo."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT record.id, bool_and(map.archived_at IS NOT NULL)
              FROM crm_migration_record AS record
              JOIN crm_migration_id_map AS map
                ON map.job_id = record.job_id AND map.stream = record.stream
               AND map.source_id = record.source_id
             WHERE record.id = ANY(%s)
             GROUP BY record.id
            """,
            [self.ids],
        )
        return dict(self.env.cr.fetchall())

    @api.model
    def _sight(self, job, keys):
        """Note that the source has these records; what had vanished is back.

        :param keys: (stream id, source id)
        """
        streams = {}
        for stream_id, source_id in keys:
            streams.setdefault(stream_id, []).append(source_id)
        for stream_id, source_ids in streams.items():
            self.env.cr.execute(
                """
                INSERT INTO crm_migration_sighting (stream_id, record_id)
                SELECT stream_id, id FROM crm_migration_record
                 WHERE stream_id = %s AND source_id = ANY(%s)
                    ON CONFLICT DO NOTHING
                """,
                [stream_id, source_ids],
            )
            stream = job.stream_ids.browse(stream_id)
            if stream.vanished_count:
                self._bring_back(stream, source_ids)

    @api.model
    def _get_stale(self, keys):
        """Return those of the records that an earlier reading could read.

        :param keys: (stream id, source id) of what could not be read now; what this
            reading has met besides is there twice, and the second one is refused
        """
        stale = set()
        for stream_id in {key[0] for key in keys}:
            self.env.cr.execute(
                """
                SELECT source_id FROM crm_migration_record AS record
                 WHERE stream_id = %s AND source_id = ANY(%s) AND NOT EXISTS (
                       SELECT FROM crm_migration_sighting AS sighting
                        WHERE sighting.record_id = record.id)
                """,
                [stream_id, [key[1] for key in keys if key[0] == stream_id]],
            )
            stale |= {(stream_id, source_id) for (source_id,) in self.env.cr.fetchall()}
        return stale

    def _bring_back(self, stream, source_ids):
        self.env.cr.execute(
            """
            UPDATE crm_migration_record
               SET vanished_at = NULL, vanished_choice = NULL,
                   skip_reason = CASE WHEN problem = 'vanished' THEN NULL
                                      ELSE skip_reason END,
                   state = CASE WHEN state = 'skipped' AND problem = 'vanished'
                                THEN 'extracted' ELSE state END,
                   problem = NULLIF(problem, 'vanished')
             WHERE stream_id = %s AND source_id = ANY(%s) AND vanished_at IS NOT NULL
            """,
            [stream.id, source_ids],
        )
        self.invalidate_model()

    # -- what a person decides ---------------------------------------------------

    def _choose(self, choice):
        """Say of vanished records what becomes of them; the next load does it."""
        records = self._as_reviewer().search(
            [("id", "in", self.ids), ("vanished_at", "!=", False)]
        )
        records.write({"vanished_choice": choice})
        return records

    def action_keep_vanished(self):
        self._choose("keep")
        return True

    def action_archive_vanished(self):
        self._choose("archive")
        return True


def _get_parents(name, definitions):
    """Return the objects that must be read whole for a derived one to be known whole."""
    found, waiting = set(), [name]
    while waiting:
        definition = definitions.get(waiting.pop())
        if definition is None or not definition.derived_from:
            continue
        above = {definition.derived_from, *definition.depends_on} - {name}
        waiting += above - found
        found |= above
    return found


def _is_read(stream):
    """Tell whether an object was read to its end, or never was at all."""
    if not stream or not stream.selected:
        return not stream or not stream.staged_count
    return bool(stream.derived_from) or stream.is_extracted and not stream.error
