"""Account for every filled value of the source, from the payload on."""

from collections import Counter

from odoo import models

from ..auditors import audit
from ..coverage.accountant import Accountant
from ..coverage.look import Look
from ..coverage.plan import StreamPlan
from ..coverage.tally import Tally
from ..coverage.words import get_reason
from ..evidence.crm_migration_message_solved import OF_A_PROOF

CHUNK = 1000


class CrmMigrationPhaseCover(models.AbstractModel):
    """The second half of a verification: it does not know what the load intended."""

    _name = "crm.migration.phase.cover"
    _description = "Migration Phase: Cover"
    _inherit = ["crm.migration.phase"]

    def _start(self, run):
        job = run.job_id
        for table in ("crm_migration_coverage", "crm_migration_unaccounted"):
            self.env.cr.execute(f"DELETE FROM {table} WHERE job_id = %s", [job.id])
        self.env.invalidate_all()
        run.total = self.env["crm.migration.record"].search_count(
            [("job_id", "=", job.id)]
        )

    def _get_plan(self, run):
        shared = self._get_shared(run.job_id)
        streams = run.job_id.stream_ids.sorted(lambda s: (s.sequence, s.id))
        return [{"stream": stream, "shared": shared} for stream in streams]

    def _work_place(self, run, place, after):
        stream = place["stream"]
        rows = self._get_rows(stream, after)
        if not rows:
            place.pop("plan", None)
            return None
        if "plan" not in place:
            place["plan"] = self._get_stream_plan(run, stream)
        self._cover(run, place["plan"], place["shared"], rows)
        run.done += len(rows)
        return rows[-1]["id"]

    def _get_shared(self, job):
        """Return what every look of a batch needs: decisions, owners, objects."""
        Value, values = self.env["crm.migration.value.map"], job.value_map_ids
        values.fetch(["list", "key", "scope"])
        keys = {(v.list, v.key, *filter(None, [v.scope])) for v in values}
        decisions, within = Value._resolve(job, keys), {}
        for key, decided in decisions.items():
            if len(key) > 2:
                within.setdefault(key[:2], []).append(decided)
        owners = job.owner_ids.with_context(active_test=False)
        return {
            "decisions": decisions,
            "within": within,
            "owners": {
                owner.key: owner.user_id.id
                for owner in owners
                if owner.user_id or owner._effective_decision(job) == "empty"
            },
            "former": {o.key: o.author_user_id.id for o in owners if o.author_user_id},
            "streams": {stream.name: stream.id for stream in job.stream_ids},
        }

    def _get_stream_plan(self, run, stream):
        loader = self.env["crm.migration.target"]._without_side_effects(run.job_id)
        env = loader.with_context(active_test=False).env
        plan = StreamPlan(env, run.job_id.with_env(env), stream.with_env(env))
        plan.listed = self._get_listed(run, stream)
        return plan

    def _get_listed(self, run, stream):
        """Return field → how many unaccounted values are listed already."""
        rows = self._fetch(
            "SELECT field, count(*) FROM crm_migration_unaccounted"
            " WHERE run_id = %s AND stream_id = %s GROUP BY field",
            [run.id, stream.id],
        )
        return Counter({row["field"]: row["count"] for row in rows})

    def _get_rows(self, stream, after):
        return self._fetch_stretch(
            """
            SELECT record.id, record.stream, record.source_id, record.name,
                   record.payload, record.state, record.problem, record.message,
                   record.skip_reason, record.edits,
                   (SELECT jsonb_object_agg(part.key, part.value -> '@mapping')
                      FROM jsonb_each(record.values) AS part
                     WHERE jsonb_typeof(record.values) = 'object') AS parts
              FROM crm_migration_record AS record
             WHERE record.stream_id = %(stream)s
               AND record.id > %(after)s AND record.id <= %(last)s
             ORDER BY record.id LIMIT %(chunk)s
            """,
            {"chunk": CHUNK},
            stream,
            after,
        )

    def _cover(self, run, plan, shared, rows):
        env = plan.env
        look = Look(
            env,
            plan.job,
            plan,
            shared["streams"],
            lambda code, *more: get_reason(self.env, code, *more),
        )
        look.decisions, look.owners = shared["decisions"], shared["owners"]
        look.former = shared["former"]
        look.within = shared["within"]
        tally = Tally(plan.stream, plan.listed)
        cases = Accountant(look, tally).account(rows)
        self._audit(look, tally, cases)
        differences = tally.keep(self.env, run, plan.stream_id)
        self.env["crm.migration.phase.verify"]._keep(run, differences)
        env.invalidate_all()

    def _audit(self, look, tally, cases):
        """Let the auditors look for wrong values that the loader meant to write."""
        audit(look, tally, cases)

    def _finish(self, run):
        self._settle_zeros(run)
        run.job_id._reconcile(run)
        self._sum_up(run)
        self.env["crm.migration.message"]._close_solved(run, OF_A_PROOF)
        self.env.invalidate_all()

    def _sum_up(self, run):
        """Give each line of the reconciliation the four parts of its object, and more."""
        self.env.flush_all()
        self._sum_up_comparison(run)
        self.env.cr.execute(
            """
            UPDATE crm_migration_reconciliation AS line
               SET in_fields_count = sums.in_fields, in_notes_count = sums.in_notes,
                   left_out_count = sums.left_out,
                   unaccounted_count = sums.unaccounted
              FROM (
                SELECT stream_id,
                       COALESCE(sum(count) FILTER (WHERE kind = 'field'), 0) AS in_fields,
                       COALESCE(sum(count) FILTER (WHERE kind = 'notes'), 0) AS in_notes,
                       COALESCE(sum(count) FILTER (WHERE kind = 'left_out'), 0)
                           AS left_out,
                       COALESCE(sum(count) FILTER (WHERE kind = 'unaccounted'), 0)
                           AS unaccounted
                  FROM crm_migration_coverage WHERE run_id = %(run)s
                 GROUP BY stream_id) AS sums
             WHERE line.run_id = %(run)s AND line.stream_id = sums.stream_id
            """,
            {"run": run.id},
        )

    def _sum_up_comparison(self, run):
        """Give each line how many values were compared, and how many differ."""
        self.env.cr.execute(
            """
            WITH found AS (
                SELECT stream, count(*) AS count FROM crm_migration_difference
                 WHERE run_id = %(run)s AND state = 'open' GROUP BY stream)
            UPDATE crm_migration_reconciliation AS line
               SET compared_count = COALESCE(
                       (run.compared_of ->> stream.id::text)::int, 0),
                   difference_count = COALESCE(found.count, 0)
              FROM crm_migration_run AS run, crm_migration_stream AS stream
              LEFT JOIN found ON found.stream = stream.name
             WHERE run.id = %(run)s AND line.run_id = run.id
               AND stream.id = line.stream_id
            """,
            {"run": run.id},
        )

    def _settle_zeros(self, run):
        """No and 0 are blank where no record of the object says anything else."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            WITH zeros AS (
                SELECT stream_id, field FROM crm_migration_coverage
                 WHERE run_id = %(run)s GROUP BY stream_id, field
                HAVING bool_and(is_zero AND reason = '')
            ), listed AS (
                DELETE FROM crm_migration_unaccounted AS listed USING zeros
                 WHERE listed.run_id = %(run)s AND listed.stream_id = zeros.stream_id
                   AND listed.field = zeros.field
            )
            UPDATE crm_migration_coverage AS sum
               SET kind = 'left_out', reason = %(reason)s, is_zero = false
              FROM zeros
             WHERE sum.run_id = %(run)s AND sum.stream_id = zeros.stream_id
               AND sum.field = zeros.field
            """,
            {"run": run.id, "reason": get_reason(self.env, "always_zero")},
        )
