"""Add up what became of every record, per object."""

from odoo import models

SUMS = (
    "source vanished staged rejected created updated merged unchanged skipped failed "
    "unmapped pending missing"
).split()


COUNTED = (
    "staged created updated merged unchanged skipped failed unmapped pending vanished"
).split()
"""In the order in which they are counted."""


IN_ODOO = ("created", "updated", "merged", "unchanged")


class CrmMigrationJobReconcile(models.AbstractModel):
    """The sums come from the tables themselves, never from counters on the way."""

    _name = "crm.migration.job.reconcile"
    _description = "Migration: Job Sums"

    def _get_sums(self, run):
        """Return one dict of reconciliation values per selected object.

        What the last load did counts as created, updated or merged; what an earlier
        one did and this one left as it was, as unchanged. Of a sample nothing else counts;
        what verifies one behind a load, verifies the load as well.
        """
        self.env.flush_all()
        last = self._get_last_load(run)
        is_sample = run.kind in ("load", "verify") and bool(last._get_sample())
        if is_sample and run.kind == "verify":
            self.invalidate_recordset(["is_sample"])
            is_sample = self.is_sample
        self.env.cr.execute(
            """
            WITH others AS (
                -- The outcome of the first part; sorting them takes twice as long.
                SELECT stream, source_id,
                       string_to_array(min((concat_ws(E'\\x01', part, outcome, run_id))
                                           COLLATE "C"), E'\\x01') AS first,
                       bool_or(changed_run_id = %(load)s) AS is_changed
                  FROM crm_migration_id_map WHERE job_id = %(job)s AND part <> ''
                 GROUP BY stream, source_id
            ), links AS (
                -- Nearly all have the part without a name, which is the first: only the
                -- others are grouped.
                SELECT record.stream_id, record.state, record.vanished_at,
                       COALESCE(map.outcome, first[2]) AS outcome,
                       CASE WHEN map.id IS NULL THEN first[3]::int
                            ELSE map.run_id END AS run_id,
                       (map.changed_run_id = %(load)s) IS TRUE OR is_changed AS is_changed
                  FROM crm_migration_record AS record
                  LEFT JOIN crm_migration_id_map AS map
                    ON map.job_id = record.job_id AND map.stream = record.stream
                   AND map.source_id = record.source_id AND map.part = ''
                  LEFT JOIN others ON others.stream = record.stream
                        AND others.source_id = record.source_id
                 WHERE record.job_id = %(job)s AND (NOT %(sample)s OR record.is_sampled)
            ), outcomes AS (
                SELECT stream_id, state, vanished_at,
                       CASE WHEN outcome = 'known' THEN
                                CASE WHEN is_changed THEN 'updated' ELSE 'unchanged' END
                            WHEN run_id IS NULL OR run_id = %(load)s THEN outcome
                            WHEN is_changed THEN 'updated' ELSE 'unchanged' END AS outcome
                  FROM links
            )
            SELECT stream_id,
                   count(*) AS staged,
                   count(*) FILTER (WHERE state = 'loaded' AND outcome = 'created'),
                   count(*) FILTER (WHERE state = 'loaded' AND outcome = 'updated'),
                   count(*) FILTER (
                       WHERE state = 'loaded' AND outcome IN ('merged', 'matched')),
                   count(*) FILTER (WHERE state = 'loaded' AND outcome = 'unchanged'),
                   count(*) FILTER (WHERE state = 'skipped'),
                   count(*) FILTER (WHERE state = 'failed'),
                   count(*) FILTER (WHERE state = 'unmapped'),
                   count(*) FILTER (
                       WHERE state IN ('extracted', 'ready', 'problem')
                          OR (state = 'loaded' AND outcome IS NULL)),
                   count(vanished_at)
              FROM outcomes
             GROUP BY stream_id
            """,
            {"job": self.id, "load": last.id or None, "sample": is_sample},
        )
        found = {row[0]: row[1:] for row in self.env.cr.fetchall()}
        return [
            self._as_sums(stream, found.get(stream.id, (0,) * len(COUNTED)), is_sample)
            for stream in self.stream_ids.filtered("selected")
        ]

    def _get_last_load(self, run):
        """Return the load whose sums a pass draws: its own, else the one before it."""
        if run.kind == "load":
            return run
        loads = self.run_ids.filtered(lambda r: r.kind == "load" and r.id < run.id)
        return loads.sorted("id")[-1:]

    def _as_sums(self, stream, counts, is_sample):
        sums = dict(zip(COUNTED, counts, strict=True))
        sums["rejected"] = 0 if is_sample else stream.rejected_count
        accounted = sums["staged"] - sums["vanished"] + sums["rejected"]
        sums["source"] = accounted if is_sample else max(stream.source_count, accounted)
        sums["missing"] = sums["source"] - accounted
        models_found = stream.mapping_ids.filtered("selected").mapped("model_label")
        return {
            "job_id": self.id,
            "stream_id": stream.id,
            "model_label": ", ".join(dict.fromkeys(models_found)),
            "is_balanced": not sums["pending"] and not sums["missing"],
            **{f"{name}_count": sums[name] for name in SUMS},
        }

    def _withdraw_sums(self, run):
        """Withdraw the signed sums of what a rollback has taken back."""
        entries = self.sign_off_ids.filtered(lambda entry: entry.kind == "phase")
        signed = entries.filtered("is_current").reconciliation_id
        if not signed:
            return
        left = {
            sums["stream_id"]: sum(sums[f"{name}_count"] for name in IN_ODOO)
            for sums in self._get_sums(run)
        }
        signed.filtered(
            lambda row: (
                left.get(row.stream_id.id, 0)
                < sum(row[f"{name}_count"] for name in IN_ODOO)
            )
        )._give_up_signature(
            run.user_id, self.env._("What was signed was rolled back.")
        )

    def _reconcile(self, run, streams=None):
        """Write the reconciliation of a run; a signature stays while its sums do."""
        if run.kind != "dry_run":
            self.cleaned_up = False  # these sums know of it
        known = {row.stream_id.id: row for row in run.result_ids}
        unsigned = run.result_ids.browse()
        for values in self._get_sums(run):
            row = known.get(values["stream_id"])
            if streams and values["stream_id"] not in streams.ids:
                continue
            values |= {"run_id": run.id, "is_prediction": run.kind == "dry_run"}
            if not row:
                self.env["crm.migration.reconciliation"].create(values)
            elif any(
                row[name] != values[name] for name in values if name[-5:] == "count"
            ):
                unsigned |= row.filtered("signed_at")
                row.write({**values, "signed_at": False, "signed_by_id": False})
        if self.sign_off == "auto":
            drawn = run.result_ids.filtered(lambda r: r.is_balanced and not r.signed_at)
            drawn = drawn.filtered(lambda r: not streams or r.stream_id in streams)
            drawn._sign(run.user_id, is_automatic=True)
        unsigned.filtered(lambda r: not r.signed_at)._give_up_signature(run.user_id)
