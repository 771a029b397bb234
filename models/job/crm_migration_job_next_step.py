"""What is still open: what a load would be refused for, and what a verification found."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..evidence.crm_migration_message_solved import OF_A_LOAD
from ..words.messages import agreed


class CrmMigrationJobNextStep(models.AbstractModel):
    """The form leads to what is open; a migration is done when nothing is."""

    _name = "crm.migration.job.next.step"
    _description = "Migration: Job Next Step"

    accepted_open = fields.Json(
        readonly=True,
        copy=False,
        help="Object and field → unaccounted values that a person has accepted.",
    )
    is_verified = fields.Boolean(
        compute="_compute_is_verified",
        help="Nothing was loaded or rolled back since the last verification.",
    )
    next_step = fields.Selection(
        [
            ("checks", "Solve What Blocks"),
            ("duplicates", "Decide Duplicates"),
            ("owners", "Decide Owners"),
            ("values", "Decide Values"),
            ("differences", "Review Differences"),
            ("unaccounted", "Review Unaccounted Values"),
        ],
        compute="_compute_next_step",
        help="What is open before the next phase.",
    )
    open_text = fields.Text(compute="_compute_next_step", string="What Is Open")

    @api.depends("run_ids.state")
    def _compute_is_verified(self):
        latest = {}
        for job, kind, run_id in self.env["crm.migration.run"]._read_group(
            [
                ("job_id", "in", self.ids),
                ("kind", "in", ("load", "verify", "rollback")),
                # What a stopped load has done stays, so it counts; a stopped proof not.
                "|",
                ("kind", "!=", "verify"),
                ("state", "=", "done"),
            ],
            ["job_id", "kind"],
            ["id:max"],
        ):
            latest.setdefault(job.id, {})[kind] = run_id
        for job in self:
            runs = latest.get(job.id, {})
            job.is_verified = bool(runs) and max(runs, key=runs.get) == "verify"

    @api.depends("phase", "run_id.state", "is_verified")
    def _compute_next_step(self):
        for job in self:
            job.next_step, job.open_text = job.sudo()._find_next_step()

    def _find_next_step(self):
        """Return (step, sentence) of what is open, (False, False) where nothing is."""
        if self.phase in ("review", "load"):
            return self._find_open_decision()
        if self.phase == "verify" and self.is_verified:
            differences, unaccounted = self._count_open()
            if differences or unaccounted:
                text = self._format_open(differences, unaccounted)
                return "differences" if differences else "unaccounted", text
        return False, False

    def _find_open_decision(self):
        blocking = self._get_blocking_checks()
        if blocking:
            return "checks", "\n".join(blocking.mapped("text"))
        if self.duplicate_open_count:
            return "duplicates", self._format_duplicates(self.duplicate_open_count)
        if self.owner_open_count and self.owner_policy == "wait":
            return "owners", self._format_owners(self.owner_open_count)
        if self.value_open_count:
            return "values", self._format_values(self.value_open_count)
        return False, False

    def _get_blocking_checks(self):
        return self.check_ids.filtered(
            lambda check: check.level == "blocking" and not check.accepted_reason
        )

    def _format_duplicates(self, count):
        return agreed(
            self.env,
            self.env._(
                "%(count)s possible [[count|duplicate still waits|duplicates still wait]] for a decision. Decide under "
                "Duplicates, all at once if you like, or choose another policy for "
                "duplicates in the options.",
                count=count,
            ),
            {"count": count},
        )

    def _format_values(self, count):
        return agreed(
            self.env,
            self.env._(
                "%(count)s [[count|value of the source is|values of the source are]] not decided yet. If you load "
                "now, the fields concerned stay empty, and the [[count|value is|values are]] kept in the notes.",
                count=count,
            ),
            {"count": count},
        )

    def _format_owners(self, count):
        return agreed(
            self.env,
            self.env._(
                "%(count)s [[count|owner is|owners are]] not decided yet, and this migration waits for [[count|it|them]].",
                count=count,
            ),
            {"count": count},
        )

    def _format_open(self, differences, unaccounted):
        found = []
        if differences:
            text = self.env._(
                "%(count)s [[count|value differs|values differ]].", count=differences
            )
            found.append(agreed(self.env, text, {"count": differences}))
        if unaccounted:
            text = self.env._(
                "%(count)s [[count|value|values]] of the source [[count|is|are]] unaccounted for.",
                count=unaccounted,
            )
            found.append(agreed(self.env, text, {"count": unaccounted}))
        return " ".join(found)

    # -- after a verification ----------------------------------------------------

    def _get_open_fields(self):
        """Return {object and field: unaccounted values} of the last verification."""
        self.ensure_one()
        sums = self.env["crm.migration.coverage"]._read_group(
            [("job_id", "=", self.id), ("kind", "=", "unaccounted")],
            ["stream_id", "field"],
            ["count:sum"],
        )
        return {f"{stream.name} {field}": count for stream, field, count in sums}

    def _count_open(self):
        """Return how many values differ, and how many are unaccounted and not accepted."""
        self.ensure_one()
        differences = self.env["crm.migration.difference"].search_count(
            [("job_id", "=", self.id), ("state", "=", "open")]
        )
        accepted = self.accepted_open or {}
        unaccounted = sum(
            count
            for name, count in self._get_open_fields().items()
            if count > accepted.get(name, 0)
        )
        return differences, unaccounted

    def _settle_phase(self):
        """A verified migration is done when nothing is open, and open when something is."""
        for job in self.filtered(lambda j: j.active and j.state == "idle"):
            if job.phase in ("verify", "done") and job.is_verified:
                job.phase = "verify" if any(job._count_open()) else "done"

    def action_accept_open(self):
        """Say that what the last verification left open is all right.

        :raises UserError: nothing has been verified since the last load
        """
        self.ensure_one()
        sudo = self._as_manager()
        if sudo.state != "idle" or not sudo.is_verified:
            raise UserError(self.env._("Verify what was loaded first."))
        differences, unaccounted = sudo._count_open()
        if differences or unaccounted:
            sudo.env["crm.migration.difference"].search(
                [("job_id", "=", self.id), ("state", "=", "open")]
            ).write({"state": "accepted"})
            sudo.accepted_open = sudo._get_open_fields()
            sudo.message_post(
                body=self.env._(
                    "Accepted what the verification left open: %(what)s",
                    what=sudo._format_open(differences, unaccounted),
                )
            )
        sudo._settle_phase()
        return True

    # -- after a rollback --------------------------------------------------------

    def _forget_findings(self, run):
        """Remove what was found about records that are not in Odoo any more.

        Of a record that failed the message stays: it would fail again.
        """
        self.env.flush_all()
        gone = SQL(
            """NOT EXISTS (
                SELECT FROM crm_migration_id_map AS map
                  JOIN crm_migration_record AS record
                    ON record.job_id = map.job_id AND record.stream = map.stream
                       AND record.source_id = map.source_id
                 WHERE record.id = found.record_id)"""
        )
        failed = SQL(
            """EXISTS (SELECT FROM crm_migration_record AS record
                        WHERE record.id = found.record_id AND record.state = 'failed')"""
        )
        is_whole = not set(run.parameters or ()) - {"changed"}
        of_nothing = SQL("found.record_id IS NOT NULL") if not is_whole else SQL("true")
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM crm_migration_message AS found
                 WHERE job_id = %s AND (phase = ANY(%s)
                                        OR phase = 'rollback' AND run_id <> %s)
                   AND %s AND %s AND NOT %s
                """,
                *(self.id, list(OF_A_LOAD), run.id, of_nothing, gone, failed),
            )
        )
        for table in ("crm_migration_difference", "crm_migration_unaccounted"):
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s AS found WHERE job_id = %s AND %s AND %s",
                    *(SQL.identifier(table), self.id, of_nothing, gone),
                )
            )
        self.env["crm.migration.conflict"]._forget_gone(self)
        if is_whole:
            self.env.cr.execute(
                SQL("DELETE FROM crm_migration_coverage WHERE job_id = %s", self.id)
            )
            self.accepted_open = False
        self.env.invalidate_all()
