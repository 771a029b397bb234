"""Object by object, from the source to Odoo, whatever came after: one line for each."""

from odoo import api, fields, models
from odoo.tools import SQL, drop_view_if_exists

LOADED = ("created", "updated", "merged", "unchanged")

READ = ("source", "rejected", "staged")
"""Known as soon as an object is read."""

SUMS = (*READ, *LOADED)
"""Shown as the last load or verification drew them."""


class CrmMigrationOverview(models.Model):
    """A view on the last sums of each object: what was loaded, proven and taken back.

    The reconciliation has a line for each run; a rollback draws its own, which no more
    tells what had been loaded before. Only lines of sums are read, never the records.
    """

    _name = "crm.migration.overview"
    _description = "Migration Overview"
    _inherit = ["crm.migration.protected"]
    _auto = False
    _log_access = False
    _order = "job_id.id desc, sequence, id"
    _rec_name = "stream_id"
    _depends = {
        "crm.migration.reconciliation": [
            *("run_id", "stream_id", "is_prediction", "source_count"),
            *("rejected_count", "staged_count", "created_count", "updated_count"),
            *("merged_count", "unchanged_count", "skipped_count", "unmapped_count"),
            *("failed_count", "pending_count", "compared_count", "difference_count"),
            *("in_fields_count", "in_notes_count", "left_out_count"),
            "unaccounted_count",
        ],
        "crm.migration.run": ["kind"],
        "crm.migration.stream": [
            *("job_id", "company_id", "selected", "sequence"),
            *("source_count", "rejected_count", "staged_count"),
        ],
    }

    job_id = fields.Many2one("crm.migration.job", string="Migration", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    stream_id = fields.Many2one("crm.migration.stream", string="Object", readonly=True)
    sequence = fields.Integer(readonly=True)
    model_label = fields.Char(
        compute="_compute_model_label",
        string="Becomes",
        help="In brackets the app that is not installed, and would take it otherwise.",
    )
    source_count = fields.Integer(string="In the Source", readonly=True)
    rejected_count = fields.Integer(string="Unreadable", readonly=True)
    staged_count = fields.Integer(string="Staged", readonly=True)
    created_count = fields.Integer(string="Created", readonly=True)
    updated_count = fields.Integer(string="Updated", readonly=True)
    merged_count = fields.Integer(string="Merged", readonly=True)
    unchanged_count = fields.Integer(string="Unchanged", readonly=True)
    loaded_count = fields.Integer(
        string="Loaded",
        readonly=True,
        help="Created, updated, merged or unchanged, by the last load.",
    )
    aside_count = fields.Integer(
        string="Left Out",
        readonly=True,
        help="Skipped, or nothing is meant for it: see Why.",
    )
    failed_count = fields.Integer(string="Failed", readonly=True)
    pending_count = fields.Integer(string="Still to Do", readonly=True)
    compared_count = fields.Integer(string="Values Compared", readonly=True)
    difference_count = fields.Integer(string="Values Differ", readonly=True)
    accounted_count = fields.Integer(
        string="Accounted",
        readonly=True,
        help="Filled values of the source in fields, in notes and chatter, or left out "
        "for a reason.",
    )
    unaccounted_count = fields.Integer(string="Unaccounted", readonly=True)
    rolled_back_count = fields.Integer(
        string="Rolled Back",
        readonly=True,
        help="Of what was loaded, how many records a rollback since has taken back.",
    )
    kept_count = fields.Integer(
        string="Kept",
        readonly=True,
        help="What a rollback left in Odoo, for people have worked on it since.",
    )
    reason_text = fields.Text(
        compute="_compute_reason_text", string="Why", help="Why records were left out."
    )

    def init(self):
        # Once the tables of all models are there.
        self.env.registry.post_init(self._create_view)

    def _create_view(self):
        """Join each object with its last sums, and those of a rollback after them."""
        drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            SQL(
                """
                CREATE VIEW %(view)s AS
                SELECT stream.id, stream.job_id, stream.company_id,
                       stream.id AS stream_id, stream.sequence, %(sums)s,
                       COALESCE(%(loaded)s, 0) AS loaded_count,
                       COALESCE(last.skipped_count + last.unmapped_count, 0)
                           AS aside_count,
                       COALESCE(last.failed_count, 0) AS failed_count,
                       COALESCE(last.pending_count, stream.staged_count)
                           AS pending_count,
                       COALESCE(last.compared_count, 0) AS compared_count,
                       COALESCE(last.difference_count, 0) AS difference_count,
                       COALESCE(last.in_fields_count + last.in_notes_count
                                + last.left_out_count, 0) AS accounted_count,
                       COALESCE(last.unaccounted_count, 0) AS unaccounted_count,
                       COALESCE(%(loaded)s - (%(left)s), 0) AS rolled_back_count,
                       COALESCE(%(left)s, 0) AS kept_count
                  FROM crm_migration_stream AS stream
                  LEFT JOIN LATERAL (
                       SELECT line.* FROM crm_migration_reconciliation AS line
                         JOIN crm_migration_run AS run ON run.id = line.run_id
                        WHERE line.stream_id = stream.id
                          AND line.is_prediction IS NOT TRUE
                          AND run.kind <> 'rollback'
                        ORDER BY line.run_id DESC LIMIT 1) AS last ON true
                  LEFT JOIN LATERAL (
                       SELECT line.* FROM crm_migration_reconciliation AS line
                         JOIN crm_migration_run AS run ON run.id = line.run_id
                        WHERE line.stream_id = stream.id AND run.kind = 'rollback'
                          AND line.run_id > last.run_id
                        ORDER BY line.run_id DESC LIMIT 1) AS undone ON true
                 WHERE stream.selected
                """,
                view=SQL.identifier(self._table),
                sums=SQL(", ").join(map(_get_sum, SUMS)),
                loaded=_count_loaded("last"),
                left=_count_loaded("undone"),
            )
        )

    @api.depends("stream_id")
    def _compute_model_label(self):
        mappings = self.stream_id.mapping_ids.filtered("selected")
        by_stream = mappings.grouped("stream_id")
        target = self.env["crm.migration.target"]
        apps = {
            name: target._name_app(name)
            for name in set(mappings.mapped("wanted_model"))
            if name
        }
        for row in self:
            labels = {}
            for mapping in by_stream.get(row.stream_id, ()):
                app = apps.get(mapping.wanted_model, "")
                labels.setdefault(mapping.model_label, set()).add(app)
            row.model_label = ", ".join(
                self._format_stand_in(label, wanted) for label, wanted in labels.items()
            )

    def _format_stand_in(self, label, apps):
        """Return what an object becomes, with the app that would take it otherwise."""
        if "" in apps:
            return label
        return self.env._(
            "%(label)s (instead of %(app)s)", label=label, app=", ".join(sorted(apps))
        )

    def _compute_reason_text(self):
        """Say why, with how many records each reason is for; one query for all rows."""
        self.env["crm.migration.record"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT stream_id, COALESCE(skip_reason, message) AS reason, count(*)
                  FROM crm_migration_record
                 WHERE job_id = ANY(%s) AND state IN ('skipped', 'unmapped')
                   AND stream_id = ANY(%s)
                 GROUP BY stream_id, reason ORDER BY count(*) DESC, reason
                """,
                self.job_id.ids,
                self.stream_id.ids,
            )
        )
        reasons = {}
        for stream_id, reason, count in rows:
            reasons.setdefault(stream_id, []).append(f"{count} × {reason or '…'}")
        for row in self:
            row.reason_text = "\n".join(reasons.get(row.stream_id.id, ())) or False

    def action_open_coverage(self):
        """Open where the filled values of this object stand, field by field."""
        self.ensure_one()
        action = self.job_id.action_open_coverage()
        action["domain"] = [*action["domain"], ("stream_id", "=", self.stream_id.id)]
        return action

    def action_open_records(self):
        """Open the staging records of this object."""
        self.ensure_one()
        action = self.job_id.action_open_records()
        action["domain"] = [*action["domain"], ("stream_id", "=", self.stream_id.id)]
        return action


def _get_sum(name):
    column = f"{name}_count"
    before = SQL.identifier("stream", column) if name in READ else SQL("0")
    last = SQL.identifier("last", column)
    return SQL("COALESCE(%s, %s, 0) AS %s", last, before, SQL.identifier(column))


def _count_loaded(row):
    names = (SQL("%s", SQL.identifier(row, f"{name}_count")) for name in LOADED)
    return SQL(" + ").join(names)
