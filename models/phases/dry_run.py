"""Load for real in a transaction that is never committed, and keep what it told."""

import time

from odoo import api, models

from ..loading.foresight import Foresight
from ..odoo.silence import Silence
from ..safety.context import DRY_RUN
from .phase import no_collection
from .turn_limits import Turn, get_turn, taking

DRY_RUN_SECONDS = 60
"""How long a scheduled dry run may take; the command line has all the time it needs."""

FILES_SHARE = 1 / 3
"""Of its time a dry run may look so long whether files are there."""

FILES_SECONDS = 600
"""So long at most, however much time there is: a dry run is no second load."""


class CrmMigrationPhaseDryRun(models.AbstractModel):
    """Its own cursor: a rolled-back savepoint would leave hooks of the transaction alive.

    Of files only the first bytes are read, and no field is created. Where the time does
    not suffice for every record, the rest counts as still to do, and the result says so.
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
        found = self._rehearse(run, seconds)
        # Not before: the load that is rehearsed drops them as well, by a connection of its
        # own, which would wait for ever for this one.
        self.env["crm.migration.message"].search(
            [("job_id", "=", run.job_id.id), ("phase", "=", "dry_run")]
        ).unlink()
        self.env["crm.migration.reconciliation"].create(
            [{**row, "run_id": run.id, "is_prediction": True} for row in found["sums"]]
        )
        self.env["crm.migration.message"]._copy_in(run, found["messages"])
        self._report_unseen(run, found["pace"]["unseen_files"])
        names = ("created", "updated", "merged", "skipped", "failed")
        run.write(
            {
                "model_sums": found["models"],
                "pace": found["pace"],
                **{
                    f"{name}_count": sum(row[f"{name}_count"] for row in found["sums"])
                    for name in names
                },
            }
        )
        return True

    def _report_unseen(self, run, count):
        """Say how many files count as created although nobody has looked at them."""
        if count:
            data = {"count": count}
            self.env["crm.migration.message"]._report(
                run, [{"code": "files_unseen", "severity": "info", "data": data}]
            )

    def _rehearse(self, run, seconds):
        """Return what a load that never was has come to.

        :return: dict: ``sums`` (reconciliation values), ``models`` (the same by Odoo
            model), ``messages``, and ``pace``, see ``job._get_estimate``
        """
        job_id = run.job_id.id
        foresight = Foresight(min(seconds * FILES_SHARE, FILES_SECONDS))
        try:
            with self.env.registry.cursor() as cursor:
                env = api.Environment(
                    cursor,
                    self.env.uid,
                    {**self.env.context, DRY_RUN: foresight},
                    self.env.su,
                )
                rehearsal = env["crm.migration.run"].create(
                    {"job_id": job_id, "kind": "load", "phase": "load"}
                )
                turn = Turn()
                turn.ends_real = turn.begun + seconds
                with Silence(env), taking(turn):
                    steps = self._load_all(rehearsal, turn)
                job = rehearsal.job_id
                found = {
                    "sums": job._get_sums(rehearsal),
                    "models": job._count_models(rehearsal),
                    "messages": env["crm.migration.message"]._read_run(rehearsal),
                    "pace": {
                        "steps": steps,
                        "unseen_files": foresight.unseen,
                        "files_seconds": foresight.get_seconds_left(),
                    },
                }
                cursor.rollback()
                return found
        finally:
            # As base_import does: what was cached in there never happened.
            self.env.registry.clear_all_caches()
            self.env.registry.reset_changes()

    def _load_all(self, rehearsal, turn):
        """Do what a load does, and return how long each object took, see ``_measure``."""
        begun = time.monotonic()
        rehearsal.env["crm.migration.phase.prepare"]._create_values(rehearsal.job_id)
        steps = [self._as_step("prepare", time.monotonic() - begun)]
        for phase in ("load", "link", "settle", "archive"):
            rehearsal.phase = phase
            rehearsal.checkpoint = False
            worker = rehearsal.env[f"crm.migration.phase.{phase}"]
            worker._begin(rehearsal)
            steps += self._measure(worker, rehearsal, turn)
        return steps

    def _measure(self, worker, rehearsal, turn):
        """Work through a phase as ``_run_batch`` does; return a step for each place.

        A step is a dict: ``phase``, ``stream``, ``model``, ``records``, ``seconds`` and
        whether several processes may do it (``is_shared``).
        """
        plan, steps, is_over = worker._get_plan(rehearsal), {}, None
        while is_over is None and turn.left > 0:
            point = rehearsal.checkpoint
            number = point[0] if isinstance(point, list) else 0
            place = plan[number] if number < len(plan) else None
            done, begun = rehearsal.done, time.monotonic()
            with no_collection():
                is_over = worker._work_or_share(rehearsal, plan)
            worker.env.flush_all()
            step = steps.setdefault(number, self._as_step(rehearsal.phase, 0.0, place))
            step["records"] += rehearsal.done - done
            step["seconds"] += time.monotonic() - begun
            worker.env.invalidate_all()
        return [step for step in steps.values() if step["records"] or step["seconds"]]

    def _as_step(self, phase, seconds, mapping=None):
        shared = self.env[f"crm.migration.phase.{phase}"]._is_shared and mapping
        target = mapping and self.env["crm.migration.target"]._for(mapping.model_name)
        return {
            "phase": phase,
            "stream": mapping.stream_id.id if mapping else False,
            "model": mapping.model_name if mapping else False,
            "records": 0,
            "seconds": seconds,
            "is_shared": bool(shared and target._kept_together is not None),
        }
