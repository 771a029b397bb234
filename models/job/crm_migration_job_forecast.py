"""What a dry run foretells besides the sums of each object: by Odoo model, and how long."""

import math

from odoo import models

from ..mapping.custom_objects import is_custom_object
from ..words.messages import agreed

EACH_FURTHER = 0.5
"""What each further worker adds to the first: they share one database."""


class CrmMigrationJobForecast(models.AbstractModel):
    """Both are kept with the run, so that the load can be held against them."""

    _name = "crm.migration.job.forecast"
    _description = "Migration: Job Forecast"

    def _count_models(self, run):
        """Return Odoo model → what became of records there in a load, as JSON.

        By the same rules as the sums of the objects; a record that becomes several things
        counts with each. One that failed counts where it was to go.
        """
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT COALESCE(objects.model, res_model),
                   CASE WHEN outcome IN ('merged', 'matched') AND is_own THEN 'merged'
                        WHEN outcome <> 'known' AND is_own THEN outcome
                        WHEN changed_run_id = %(load)s THEN 'updated'
                        ELSE 'unchanged' END AS word,
                   count(*)
              FROM (SELECT *, run_id IS NULL OR run_id = %(load)s AS is_own
                      FROM crm_migration_id_map WHERE job_id = %(job)s) AS map
              LEFT JOIN unnest(%(streams)s::text[], %(parts)s::text[],
                               %(models)s::text[]) AS objects(stream, part, model)
                ON objects.stream = map.stream AND objects.part = map.part
             GROUP BY 1, 2
             UNION ALL
            SELECT res_model, 'failed', count(*)
              FROM crm_migration_record
             WHERE job_id = %(job)s AND state = 'failed' AND res_model IS NOT NULL
             GROUP BY 1
            """,
            {"job": self.id, "load": run.id, **self._get_objects_to_come()},
        )
        found = {}
        for model, word, count in self.env.cr.fetchall():
            found.setdefault(model, {})[word] = count
        return found

    def _get_objects_to_come(self):
        """Return the custom objects whose model is not created yet, as three lists.

        In a rehearsal something else stands for their records.
        """
        mappings = self.mapping_ids.filtered("selected").filtered(
            lambda m: is_custom_object(m.model_name) and m.model_name not in self.env
        )
        return {
            "streams": [mapping.stream for mapping in mappings],
            "parts": [mapping.part or "" for mapping in mappings],
            "models": [mapping.model_name for mapping in mappings],
        }

    # -- how long --------------------------------------------------------------

    def _get_estimate(self, run):
        """Return how many seconds a load will take, as a dry run measured it.

        Records that it did not come to take as long as the others on average.

        :return: float, 0.0 where nothing was measured
        """
        pace = run.pace or {}
        steps = pace.get("steps") or []
        loading = [step for step in steps if step["phase"] == "load"]
        records = sum(step["records"] for step in loading)
        spent = sum(step["seconds"] for step in loading)
        left = sum(run.result_ids.mapped("pending_count"))
        further = left * spent / records if records else 0.0
        shared = sum(step["seconds"] for step in steps if step["is_shared"]) + further
        alone = sum(step["seconds"] for step in steps if not step["is_shared"])
        alone += pace.get("files_seconds") or 0.0
        return alone + shared / (1 + EACH_FURTHER * (self.workers - 1))

    def _get_last_rehearsal(self):
        """Return the last dry run that came to its end and measured how long it took."""
        runs = self.run_ids.filtered(lambda r: r.kind == "dry_run" and r.pace)
        return runs.filtered(lambda r: r.state == "done").sorted("id")[-1:]

    def _format_estimate(self):
        """Return "A load will take about 12 minutes with 2 workers."; "" without a dry run."""
        rehearsal = self.sudo()._get_last_rehearsal()
        seconds = rehearsal and self._get_estimate(rehearsal)
        if not seconds:
            return ""
        text = self.env._(
            "A load is estimated to take %(duration)s with %(workers)s [[workers|worker|workers]].",
            duration=self._format_duration(seconds),
            workers=self.workers,
        )
        return agreed(self.env, text, {"workers": self.workers})

    def _format_duration(self, seconds):
        minutes = seconds / 60
        if minutes < 1:
            return self.env._("less than a minute")
        if minutes < 90:
            count = math.ceil(minutes)
            text = self.env._("about %(count)s [[count|minute|minutes]]", count=count)
        else:
            count = round(minutes / 60)
            text = self.env._("about %(count)s [[count|hour|hours]]", count=count)
        return agreed(self.env, text, {"count": count})

    def _format_models(self, run):
        """Return a line that says how many records there will be of each kind in Odoo."""
        sums = {
            model: sum(n for word, n in counts.items() if word != "failed")
            for model, counts in (run.model_sums or {}).items()
        }
        names = self.env["crm.migration.creation"]._label_model
        return " · ".join(
            f"{names(model)} {self._number(count)}"
            for model, count in sorted(sums.items(), key=lambda each: -each[1])
            if count
        )
