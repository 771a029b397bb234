"""Account for every filled value of the source, from the payload on."""

from collections import Counter

from odoo import models

from ..auditors import audit, get_suspicion
from ..coverage.accountant import Accountant
from ..coverage.alike import fold
from ..coverage.by_sql import BySql
from ..coverage.look import Look
from ..coverage.plan import StreamPlan
from ..coverage.tally import LISTED, Tally, keep_counts
from ..coverage.words import get_reason
from ..evidence.crm_migration_message_solved import OF_A_PROOF

CHUNK = 1000

IN_PYTHON = "crm_migration_cover_in_python"
"""In the context: judge all in Python, as a test does that compares both ways."""


COUNTED = "crm_migration_cover_counted"
"""In the context: where a slice puts its counts, a list."""


class CrmMigrationPhaseCover(models.AbstractModel):
    """The second half of a verification: it does not know what the load intended."""

    _name = "crm.migration.phase.cover"
    _description = "Migration Phase: Cover"
    _inherit = ["crm.migration.phase.shared", "crm.migration.phase.cover.carried"]
    _share_size = 2500
    # What each slice learns anew takes as long as some two thousand of its records.
    _slice_most, _slice_rounds = 5000, 2

    def _start(self, run):
        job = run.job_id
        self._note_reach(run)
        self._take_over_carried(run)
        # What is wiped was accounted for while it was there, and is not any more.
        for condition in (
            "crm_migration_coverage WHERE is_carried IS NOT TRUE AND job_id = %s",
            "crm_migration_unaccounted AS listed WHERE job_id = %s AND NOT EXISTS ("
            "SELECT FROM crm_migration_coverage AS kept WHERE kept.is_carried"
            " AND kept.run_id = listed.run_id AND kept.stream_id = listed.stream_id)",
        ):
            self.env.cr.execute(f"DELETE FROM {condition}", [job.id])
        self.env.invalidate_all()
        self._tell_wiped(run)
        run.total = self.env["crm.migration.record"].search_count(
            [("job_id", "=", job.id)]
        )

    def _get_plan(self, run):
        shared = self._get_shared(run.job_id)
        streams = run.job_id.stream_ids.sorted(lambda s: (s.sequence, s.id))
        return [{"stream": stream, "shared": shared} for stream in streams]

    # -- what several do ---------------------------------------------------------

    def _get_object(self, place):
        return place["stream"]

    def _work_slice(self, run, piece):
        counted, done = [], 0
        self = self.with_context(**{COUNTED: counted})
        place = self._get_plan(run)[piece["place"]]
        place["plan"] = self._get_stream_plan(run, place["stream"])
        # What is listed of a field is cut where all is done: by the order of the records.
        place["plan"].listed = Counter()
        after, until = piece["record_ids"][0] - 1, piece["record_ids"][-1]
        while after < until:
            number, after = self._work_stretch_of(run, place, after, until)
            done += number
        return {"done": done}, {"stream": place["stream"].id, "counts": counted}

    def _take_in(self, run, found):
        sums = {}
        for each in found:
            # A slice has several stretches, each with counts of its own.
            counts = sums.setdefault(each["stream"], Counter())
            for *key, count in each["counts"]:
                counts[tuple(key)] += count
        for stream, counts in sums.items():
            rows = [[*key, count] for key, count in counts.items()]
            keep_counts(self.env, run, stream, rows)

    def _cut_lists(self, run):
        """Keep of what several have listed what one would have."""
        self.env.cr.execute(
            """
            DELETE FROM crm_migration_unaccounted WHERE id IN (
                SELECT id FROM (
                    SELECT id, row_number() OVER (
                           PARTITION BY stream_id, field ORDER BY record_id, id) AS place
                      FROM crm_migration_unaccounted WHERE run_id = %s) AS listed
                 WHERE place > %s)
            """,
            [run.id, LISTED],
        )

    def _tell_wiped(self, run):
        """Say of how many records the account is the one of before they were wiped."""
        wiped = self.env["crm.migration.record"]._count_wiped(run.job_id)
        self.env["crm.migration.message"]._report(
            run,
            [
                {
                    "code": "wiped_accounted",
                    "severity": "info",
                    "stream": stream.name,
                    "data": {"stream": stream.label, "count": count},
                }
                for stream, count in wiped.items()
            ],
        )

    # -- the way -----------------------------------------------------------------

    def _work_place(self, run, place, after):
        if "plan" not in place:
            place["plan"] = self._get_stream_plan(run, place["stream"])
        number, last = self._work_stretch_of(run, place, after)
        if not last:
            place.pop("plan")
            return None
        run.done += number
        return last

    def _work_stretch_of(self, run, place, after, until=None):
        """Account for the next records of an object; return how many, and the last id."""
        stream, plan, shared = place["stream"], place["plan"], place["shared"]
        number, last = self._measure(stream, after, plan.by_sql.size, until)
        if last:
            done, rest = self._settle(run, plan, shared, after, last, number)
            # Nearly always it is all of them: none is read.
            if len(set(done)) < number:
                for rows in self._divide(stream, after, last, done):
                    self._cover(run, plan, shared, rows, rest)
        return number, last

    def _measure(self, stream, after, size, until):
        """Return how many records the next stretch has, and the id of its last one."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT count(*), max(id) FROM (SELECT id FROM crm_migration_record"
            " WHERE stream_id = %s AND id > %s AND id <= COALESCE(%s, id)"
            " ORDER BY id LIMIT %s) AS next",
            [stream.id, after, until, size],
        )
        return self.env.cr.fetchone()

    def _settle(self, run, plan, shared, after, last, number):
        """Count what is plain to SQL; return what needs no look, and of the rest what."""
        if shared["is_sample"]:
            # Few: what is still to be loaded is nowhere yet, and none is looked at.
            return self._get_left(plan.stream_id, after, last), {}
        if wiped := self._get_left(plan.stream_id, after, last, "is_wiped"):
            return wiped, {}  # they were accounted for before
        if self.env.context.get(IN_PYTHON):
            return [], {}
        tally = Tally(plan.stream, plan.listed)
        look = self._get_look(plan, shared)
        done, rest = plan.by_sql.settle(look, tally, after, last, number)
        tally.keep(self.env, run, plan.stream_id, self.env.context.get(COUNTED))
        return done, rest

    def _get_left(self, stream_id, after, last, which="is_sampled IS NOT TRUE"):
        """Return the ids of what is not looked at.

        :param which: SQL; else what is not in the sample that alone was loaded
        """
        rows = self._fetch(
            "SELECT id FROM crm_migration_record WHERE stream_id = %s"
            f" AND id > %s AND id <= %s AND ({which} OR is_wiped)",
            [stream_id, after, last],
        )
        return [row["id"] for row in rows]

    def _divide(self, stream, after, last, done):
        """Yield the rows of a stretch that are not done, a thousand at a time."""
        while rows := self._get_rows(stream, after, last, done):
            yield rows
            after = rows[-1]["id"]

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
            "owner_names": {o.key: fold(o.name) for o in owners if o.name},
            "former": {o.key: o.author_user_id.id for o in owners if o.author_user_id},
            "is_sample": job.is_sample,
            "streams": {stream.name: stream.id for stream in job.stream_ids},
        }

    def _get_stream_plan(self, run, stream):
        loader = self.env["crm.migration.target"]._without_side_effects(run.job_id)
        env = loader.with_context(active_test=False).env
        plan = StreamPlan(env, run.job_id.with_env(env), stream.with_env(env))
        plan.listed = self._get_listed(run, stream)
        plan.by_sql = BySql(plan, get_suspicion)
        return plan

    def _get_listed(self, run, stream):
        """Return field → how many unaccounted values are listed already."""
        rows = self._fetch(
            "SELECT field, count(*) FROM crm_migration_unaccounted"
            " WHERE run_id = %s AND stream_id = %s GROUP BY field",
            [run.id, stream.id],
        )
        return Counter({row["field"]: row["count"] for row in rows})

    def _get_rows(self, stream, after, last, done):
        return self._fetch(
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
               AND NOT record.id = ANY(%(done)s)
             ORDER BY record.id LIMIT %(chunk)s
            """,
            {
                "stream": stream.id,
                "after": after,
                "last": last,
                "done": done,
                "chunk": CHUNK,
            },
        )

    def _get_look(self, plan, shared):
        look = Look(
            plan.env,
            plan.job,
            plan,
            shared["streams"],
            lambda code, *more: get_reason(self.env, code, *more),
        )
        look.decisions, look.owners = shared["decisions"], shared["owners"]
        look.owner_names, look.former = shared["owner_names"], shared["former"]
        look.within = shared["within"]
        return look

    def _cover(self, run, plan, shared, rows, rest):
        """Look at rows in Python: at what SQL has not settled, in all of the others.

        :param rest: what is left to do of those that SQL has looked at
        """
        look, tally = self._get_look(plan, shared), Tally(plan.stream, plan.listed)
        settled = {record_id: paths for record_id, (paths, _suspect) in rest.items()}
        cases = Accountant(look, tally).account(rows, settled)
        clear = {record_id for record_id, (_p, suspect) in rest.items() if not suspect}
        self._audit(look, tally, [c for c in cases if c.row["id"] not in clear])
        counted = self.env.context.get(COUNTED)
        differences = tally.keep(self.env, run, plan.stream_id, counted)
        self.env["crm.migration.phase.verify"]._keep(run, differences)
        plan.env.invalidate_all()

    def _audit(self, look, tally, cases):
        """Let the auditors look for wrong values that the loader meant to write."""
        audit(look, tally, cases)

    def _finish(self, run):
        self._cut_lists(run)
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
                  FROM crm_migration_coverage
                 WHERE run_id = %(run)s OR (is_carried AND job_id = %(job)s)
                 GROUP BY stream_id) AS sums
             WHERE line.run_id = %(run)s AND line.stream_id = sums.stream_id
            """,
            {"run": run.id, "job": run.job_id.id},
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
