"""Load for real in a transaction that is never committed, and keep what it told."""

from odoo import api, models

from ..odoo.silence import DRY_RUN, Silence
from .turn_limits import Turn, get_turn, taking

DRY_RUN_SECONDS = 60
"""How long a scheduled dry run may take; the command line has all the time it needs."""


class CrmMigrationPhaseDryRun(models.AbstractModel):
    """Its own cursor: a rolled-back savepoint would leave hooks of the transaction alive.

    Files are not read and no field is created. Where the time does not suffice for
    every record, the rest counts as still to do, and the result says so.
    """

    _name = "crm.migration.phase.dry_run"
    _description = "Migration Phase: Dry Run"
    _inherit = ["crm.migration.phase"]

    def _run_batch(self, run):
        turn = get_turn()
        if not run.checkpoint and turn.left < DRY_RUN_SECONDS:
            # It cannot be divided: the next turn has all of its time for it.
            run.checkpoint = 1
            turn.end()
            return False
        self.env.flush_all()
        wanted = (run.parameters or {}).get("seconds", DRY_RUN_SECONDS)
        seconds = min(wanted, turn.left) / turn.shrink
        results, messages = self._rehearse(run, seconds)
        # Not before: the load that is rehearsed drops them as well, by a connection of its
        # own, which would wait for ever for this one.
        self.env["crm.migration.message"].search(
            [("job_id", "=", run.job_id.id), ("phase", "=", "dry_run")]
        ).unlink()
        self.env["crm.migration.reconciliation"].create(
            [{**row, "run_id": run.id, "is_prediction": True} for row in results]
        )
        self.env["crm.migration.message"]._copy_in(run, messages)
        names = ("created", "updated", "merged", "skipped", "failed")
        run.write(
            {
                f"{name}_count": sum(row[f"{name}_count"] for row in results)
                for name in names
            }
        )
        return True

    def _rehearse(self, run, seconds):
        """Return (reconciliation values, messages) of the load that never was."""
        job_id = run.job_id.id
        try:
            with self.env.registry.cursor() as cursor:
                env = api.Environment(
                    cursor,
                    self.env.uid,
                    {**self.env.context, DRY_RUN: True},
                    self.env.su,
                )
                rehearsal = env["crm.migration.run"].create(
                    {"job_id": job_id, "kind": "load", "phase": "load"}
                )
                turn = Turn()
                turn.ends_real = turn.begun + seconds
                with Silence(env), taking(turn):
                    self._load_all(rehearsal, turn)
                rows = rehearsal.job_id._get_sums(rehearsal)
                messages = env["crm.migration.message"]._read_run(rehearsal)
                cursor.rollback()
                return rows, messages
        finally:
            # As base_import does: what was cached in there never happened.
            self.env.registry.clear_all_caches()
            self.env.registry.reset_changes()

    def _load_all(self, rehearsal, turn):
        rehearsal.env["crm.migration.phase.prepare"]._create_values(rehearsal.job_id)
        for phase in ("load", "link", "settle", "archive"):
            rehearsal.phase = phase
            rehearsal.checkpoint = False
            worker = rehearsal.env[f"crm.migration.phase.{phase}"]
            worker._begin(rehearsal)
            while turn.left > 0:
                if worker._run_batch(rehearsal):
                    break
