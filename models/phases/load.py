"""Write the values into Odoo, object after object, each behind those it refers to."""

from odoo import models
from odoo.tools import SQL

from ..loading.usage import as_array
from ..safety.context import DRY_RUN
from ..staging.crm_migration_stream_filter import FILTERED
from ..staging.part_values import part_values

OF_WIPED = {
    # It was taken back, and cannot be brought over again.
    "wiped_unloaded": SQL(
        "record.state = 'ready' AND record.values IS NULL AND record.vanished_at IS NULL"
    ),
    "wiped_undecided": SQL(
        "record.state = 'loaded' AND record.values IS NULL AND EXISTS ("
        "SELECT FROM crm_migration_id_map AS map WHERE map.job_id = record.job_id"
        " AND map.stream = record.stream AND map.source_id = record.source_id"
        " AND map.values_hash IS NULL)"
    ),
}
"""Message → condition of what is wiped, and a load would have to write."""


COLUMNS = """
    record.id, record.stream, record.source_id, record.name,
    merged.part_values AS values, md5(merged.part_values::text) AS values_hash,
    COALESCE(map.res_id, earlier.res_id) AS mapped_id,
    CASE WHEN map.id IS NOT NULL THEN map.outcome
         -- What Odoo had before it was migrated first, it still had.
         WHEN earlier.outcome IN ('merged', 'matched') THEN 'matched'
         ELSE 'known' END AS outcome,
    COALESCE(map.values_hash, earlier.values_hash) AS mapped_hash,
    COALESCE(map.rollback_action, 'keep') AS rollback_action,
    COALESCE(map.res_model, earlier.res_model) AS mapped_model,
    map.id IS NULL AND earlier.res_id IS NOT NULL AS is_known, record.state
"""
"""Of a record that is to be loaded, and of what it became before."""


class CrmMigrationPhaseLoad(models.AbstractModel):
    """Whatever the id map has with the same values is done; the rest is loaded."""

    _name = "crm.migration.phase.load"
    _description = "Migration Phase: Load"
    _inherit = ["crm.migration.phase.load.shared"]

    def _start(self, run):
        # What a rehearsal foretold is told again by what really happens.
        chosen = run._get_chosen()
        concerned = [] if chosen is None else [("record_id", "in", chosen)]
        self.env["crm.migration.message"].search(
            [("job_id", "=", run.job_id.id), ("phase", "=", "dry_run"), *concerned]
        ).unlink()
        self.env["crm.migration.sample.draw"]._choose(run)
        self.env["crm.migration.target"]._bring_back_cleaned(run.job_id)
        if chosen is None:
            self._tell_wiped(run)
            self.env["crm.migration.loading.found.later"]._reopen_named(run)
            self.env["crm.migration.target.mail.message"]._reopen_addressed(run)
            self.env["crm.migration.loading.beside"]._reopen_beside(run)
        self._give_up_problems(run)
        sampled = [("is_sampled", "=", True)] if run._is_partial() else []
        run.total = self.env["crm.migration.record"].search_count(
            [
                *sampled,
                ("job_id", "=", run.job_id.id),
                ("state", "in", ("ready", "loaded")),
                ("stream_id", "in", self._get_mappings(run).stream_id.ids),
            ]
        )

    def _tell_wiped(self, run):
        """Say how much of what is to be loaded there is nothing left to load it from."""
        count = self.env["crm.migration.record"]._count_wiped
        found = {
            code: count(run.job_id, condition) for code, condition in OF_WIPED.items()
        }
        self.env["crm.migration.message"]._report(
            run,
            [
                {
                    "code": code,
                    "severity": "warning",
                    "stream": stream.name,
                    "data": {"stream": stream.label, "count": number},
                }
                for code, counts in found.items()
                for stream, number in counts.items()
            ],
        )

    def _give_up_problems(self, run):
        """A record without a value it cannot do without fails; its message says which."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_migration_record SET state = 'failed'"
            " WHERE job_id = %s AND state = 'problem' AND (NOT %s OR is_sampled)",
            [run.job_id.id, run._is_partial()],
        )
        run._count({"failed": self.env.cr.rowcount})
        self.env["crm.migration.record"].invalidate_model()

    def _work_rows(self, run, mapping, target, rows):
        counter = target._load(run, mapping, rows)
        counter["done"] = len(rows)
        run._count(counter)

    def _get_rows(self, run, mapping, after, target):
        """Return the next records that are not loaded with these values yet."""
        query, parameters = self._select_rows(run, mapping)
        if run._is_partial():
            # A few among many: their index leads to them.
            rows = self._fetch(
                f"{query} AND record.id > %(after)s ORDER BY record.id LIMIT %(chunk)s",
                {
                    **parameters,
                    "stream": mapping.stream_id.id,
                    "after": after,
                    "chunk": target._chunk,
                },
            )
            return self._as_rows(mapping, rows)
        rows = self._fetch_stretch(
            f"{query} AND record.id > %(after)s AND record.id <= %(last)s"
            " ORDER BY record.id LIMIT %(chunk)s",
            {**parameters, "chunk": target._chunk},
            mapping.stream_id,
            after,
        )
        return self._as_rows(mapping, rows)

    def _get_rows_of(self, run, mapping, target, ids):
        """Return those of some records that are not loaded with these values yet."""
        query, parameters = self._select_rows(run, mapping)
        rows = self._fetch(
            f"{query} AND record.id = ANY(%(ids)s) ORDER BY record.id",
            {**parameters, "ids": ids, "stream": mapping.stream_id.id},
        )
        return self._as_rows(mapping, rows)

    def _select_keys(self, run, mapping, after, target, limit):
        """Return the query, and its parameters, of what the next records have in common."""
        names = range(len(target._kept_together))
        keys = (f"merged.part_values ->> (%(together)s)[{n + 1}]" for n in names)
        query, parameters = self._select_rows(
            run,
            mapping,
            columns="record.id, record.stream, record.source_id,"
            " COALESCE(map.res_id, earlier.res_id) AS mapped_id,"
            f" ARRAY[{', '.join(keys)}]::text[] AS keys",
        )
        return (
            f"{query} AND record.id > %(after)s ORDER BY record.id LIMIT %(limit)s",
            {
                **parameters,
                "stream": mapping.stream_id.id,
                "after": after,
                "limit": limit,
                "together": list(target._kept_together),
            },
        )

    def _select_rows(self, run, mapping, is_whole=False, columns=COLUMNS):
        """Return the query of what is not loaded yet, to be narrowed, and its parameters.

        :param is_whole: of all records, whatever part of them the run is about
        """
        is_partial = run._is_partial() and not is_whole
        sampled = "AND record.is_sampled" if is_partial else ""
        return (
            f"""
            SELECT {columns}
              FROM crm_migration_record AS record
              CROSS JOIN LATERAL (
                   SELECT {part_values()} AS part_values
              ) AS merged
              -- One look for each: of an id map that has just begun to fill PostgreSQL
              -- knows nothing, and would read it two thousand times.
              LEFT JOIN LATERAL (
                   SELECT * FROM crm_migration_id_map AS own
                    WHERE own.job_id = record.job_id AND own.stream = record.stream
                      AND own.source_id = record.source_id AND own.part = %(part)s
                    LIMIT 1
              ) AS map ON TRUE
              LEFT JOIN LATERAL (
                   SELECT known.res_id, known.res_model, known.values_hash, known.outcome
                     FROM crm_migration_id_map AS known
                    WHERE known.job_id = ANY(%(earlier)s) AND known.stream = record.stream
                      AND known.source_id = record.source_id AND known.part = %(part)s
                    ORDER BY array_position(%(earlier)s, known.job_id) LIMIT 1
              ) AS earlier ON map.id IS NULL
             WHERE record.stream_id = %(stream)s {sampled}
               AND record.state IN ('ready', 'loaded')
               AND record.values -> %(part)s ->> '@mapping' = %(mapping)s
               AND (map.id IS NULL
                    OR map.values_hash IS DISTINCT FROM md5(merged.part_values::text))
            """,
            {
                "part": mapping.part or "",
                "mapping": str(mapping.id),
                "earlier": run.job_id._get_earlier_ids(),
            },
        )

    def _as_rows(self, mapping, rows):
        decisions = self._get_decisions([row["id"] for row in rows])
        part = mapping.part or ""
        return [self._as_row(part, row, decisions.get(row["id"])) for row in rows]

    def _get_decisions(self, ids):
        """Return staging id → what was decided about a possible duplicate."""
        if not ids:
            return {}
        rows = self._fetch(
            """
            SELECT DISTINCT ON (duplicate.record_id) duplicate.record_id,
                   duplicate.decision, duplicate.res_id, other.stream, other.source_id
              FROM crm_migration_duplicate AS duplicate
              LEFT JOIN crm_migration_record AS other
                ON other.id = duplicate.other_record_id
             WHERE duplicate.record_id = ANY(%(ids)s::int[])
               AND duplicate.decision IS NOT NULL
               -- Nothing is merged with what a filter leaves out.
               AND (other.id IS NULL OR other.state <> 'skipped'
                    OR other.problem IS DISTINCT FROM %(filtered)s)
             ORDER BY duplicate.record_id,
                      array_position(ARRAY['skip', 'merge', 'keep'], duplicate.decision::text),
                      duplicate.kind, duplicate.score DESC
            """,
            {"ids": as_array(ids), "filtered": FILTERED},
        )
        return {row["record_id"]: row for row in rows}

    def _as_row(self, part, row, decision):
        values = row["values"]
        leftovers = values.pop("@leftovers", None)
        mapped = row["mapped_id"] and {
            "res_id": row["mapped_id"],
            "outcome": row["outcome"],
            "values_hash": row["mapped_hash"],
            "rollback_action": row["rollback_action"],
            "res_model": row["mapped_model"],
            "is_known": row["is_known"],
        }
        main = decision if not part else None
        within = main and main["source_id"]
        return {
            "id": row["id"],
            "stream": row["stream"],
            "source_id": row["source_id"],
            "part": part,
            "name": row["name"],
            "values": values,
            "unmapped_values": leftovers or [],
            "values_hash": row["values_hash"],
            "mapped": mapped or None,
            "decision": main["decision"] if main else None,
            "merge_id": main["res_id"] if main and not within else None,
            "merge_source": (main["stream"], main["source_id"]) if within else None,
        }

    def _may_leave(self, run, mapping):
        """Stop for a signature behind each object, where the job wants one.

        A rehearsal never does: nobody can sign what nobody sees.
        """
        job = run.job_id
        rehearsed = self.env.context.get(DRY_RUN)
        if job.sign_off != "manual" or run.kind != "load" or rehearsed:
            return True
        if run._get_sample():  # it is there to be looked at before anybody signs
            return True
        chosen = run._get_chosen()
        if chosen is not None and mapping.stream_id not in run._get_chosen_streams():
            return True
        job._reconcile(run, mapping.stream_id)
        line = job.reconciliation_ids.filtered(
            lambda r: r.run_id == run and r.stream_id == mapping.stream_id
        )
        if line.signed_at or not line.staged_count:
            return True
        if chosen is not None and line.pending_count:
            return True  # others are still to be loaded: nobody could sign
        run._block(
            self.env._(
                "%(object)s: check the sums and sign.", object=mapping.stream_id.label
            )
        )
        return False

    def _finish(self, run):
        self.env["crm.migration.message"]._retell_unchanged(run.job_id)
        run.job_id._reconcile(run)
