"""What turning records into values goes by, in plain data."""

from odoo import models

from ..mapping.custom_objects import get_model


class CrmMigrationPhaseTransformPlan(models.AbstractModel):
    """Read once a batch: the mappings, the decisions, and what is left out why."""

    _name = "crm.migration.phase.transform.plan"
    _description = "Migration Phase: Transform, Plan"
    _inherit = ["crm.migration.phase"]

    def _read_plan(self, run):
        """Return mappings by stream in plain data, and the decisions they ask for."""
        job, streams = run.job_id, {}
        targets = self.env["crm.migration.target"]
        for mapping in job.mapping_ids.filtered("selected"):
            streams.setdefault(mapping.stream, []).append(
                {
                    "id": mapping.id,
                    "part": mapping.part or "",
                    "model": mapping.model_name,
                    "when": mapping.when or [],
                    "fields": self._get_fields(mapping),
                    "goes_along": targets._for(mapping.model_name)._goes_along,
                    "named_by": targets._for(mapping.model_name)._named_by,
                }
            )
        left_out = {
            stream.name: stream.mapping_ids.filtered(
                lambda mapping: not mapping.selected
            )._as_left_out()
            + (stream.left_out or [])
            for stream in job.stream_ids
        }
        decisions = {
            (value.list, value.key): value.choice
            for value in job.value_map_ids
            if value.choice
        }
        return {
            "streams": streams,
            "left_out": left_out,
            "decisions": decisions,
            "models": {
                item["name"]: item.get("model") for item in job.value_lists or []
            },
            "zone": job.tz,
            "undecided": self._get_undecided(job),
            "with_notes": {
                mapping.id
                for mapping in job.mapping_ids
                if job._can_hold_notes(mapping.model_name)
            },
            "stream_ids": job.mapping_ids.filtered("selected").stream_id.ids,
            "left_behind": self._get_left_behind(job),
        }

    def _get_left_behind(self, job):
        """Return the models whose records the options of the migration leave behind."""
        return {
            target._model
            for target in self.env["crm.migration.target"]._list_here()
            if (target._is_history and job.history_policy == "none")
            or (target._is_file and job.attachment_policy == "none")
        }

    def _get_undecided(self, job):
        """Return stream → {path: label} of fields whose values go to the notes."""
        if job.undecided_policy != "notes":
            return {}
        found = {}
        for mapping in job.mapping_ids.filtered("selected"):
            for line in mapping.line_ids.filtered(lambda line: line.state == "open"):
                for path in line._get_paths():
                    label = line.source_label or path
                    found.setdefault(mapping.stream, {})[path] = label
        return found

    def _get_fields(self, mapping):
        """Return the lines of a mapping; a name that the loader makes up may be missing."""
        loader = self.env["crm.migration.target"]._for(mapping.model_name)
        named = loader._get_named_field(get_model(self.env, mapping.model_name))
        return [
            {**field, "required": field["required"] and field["target"] != named}
            for field in mapping.line_ids._as_fields()
        ]
