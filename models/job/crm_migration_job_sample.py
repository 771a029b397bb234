"""A sample: some records loaded for real, taken back with one click, or kept and continued."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..evidence.crm_migration_spot_check_draw import HEADS
from ..words.messages import agreed

SHOWN = {
    "partner": "res.partner",
    "lead": "crm.lead",
    "task": "project.task",
    "meeting": "calendar.event",
    "activity": "mail.activity",
    "file": "ir.attachment",
}
"""What has a button of its own once a sample is loaded; all else stands under Loaded."""


class CrmMigrationJobSample(models.AbstractModel):
    """Whether but a sample is in Odoo is told by the runs: nothing else has to say so."""

    _name = "crm.migration.job.sample"
    _description = "Migration: Job Sample"

    sample_run_id = fields.Many2one(
        "crm.migration.run",
        compute="_compute_sample",
        help="The load of a sample, as long as nothing else was loaded.",
    )
    is_sample = fields.Boolean(compute="_compute_sample")
    sample_text = fields.Char(compute="_compute_sample")
    sample_partner_count = fields.Integer(compute="_compute_sample_counts")
    sample_lead_count = fields.Integer(compute="_compute_sample_counts")
    sample_task_count = fields.Integer(compute="_compute_sample_counts")
    sample_meeting_count = fields.Integer(compute="_compute_sample_counts")
    sample_activity_count = fields.Integer(compute="_compute_sample_counts")
    sample_file_count = fields.Integer(compute="_compute_sample_counts")

    @api.depends("run_ids.state", "run_ids.kind", "run_ids.parameters", "loaded_count")
    def _compute_sample(self):
        for job in self:
            loads = []
            for run in job.sudo().run_ids.sorted("id"):
                parameters = run.parameters or {}
                is_whole = not set(parameters) - {"changed"}
                if run.kind == "rollback" and run.state == "done" and is_whole:
                    loads = []
                elif run.kind == "load":
                    loads.append(run)
            only = loads and all(run._get_sample() for run in loads)
            # Asked anew: what a run has loaded since, no cache knows.
            only = only and job.env["crm.migration.id.map"].sudo().search_count(
                [("job_id", "=", job.id)], limit=1
            )
            job.sample_run_id = loads[-1] if only else False
            job.is_sample = bool(only)
            job.sample_text = only and job._format_sample(loads[-1])

    def _format_sample(self, run):
        wanted = run._get_sample()
        stream = self.sudo().stream_ids.filtered(lambda s: s.name == wanted["stream"])
        count = wanted["size"]
        text = self.env._(
            "Up to %(count)s [[count|record|records]] of %(object)s, drawn with the seed "
            "%(seed)s, and what hangs together with them.",
            count=count,
            object=stream.label or wanted["stream"],
            seed=wanted["seed"],
        )
        told = agreed(self.env, text, {"count": count})
        if wanted.get("filter") and stream:
            words = stream._format_filter(wanted["filter"])
            told += " " + self.env._("Only if: %(filter)s.", filter=words)
        return told

    @api.depends("is_sample")
    def _compute_sample_counts(self):
        """Count the records of a sample by their model, one query per migration with one."""
        for job in self:
            counts = job._count_sample() if job.is_sample else {}
            for name, model in SHOWN.items():
                job[f"sample_{name}_count"] = counts.get(model, 0)

    def _count_sample(self):
        return {
            model: len(set(ids))
            for model, ids in self.env["crm.migration.id.map"]
            .sudo()
            ._read_group(
                [("job_id", "=", self.id), ("res_model", "in", list(SHOWN.values()))],
                ["res_model"],
                ["res_id:array_agg"],
            )
        }

    def _propose_sample_stream(self):
        """Return the object that most others link to, of those that people look at."""
        mappings = self.mapping_ids.filtered("selected").sorted("sequence")
        named = {stream.name: set() for stream in mappings.stream_id}
        for line in mappings.line_ids:
            for name in _get_names(line.steps or []) & set(named):
                named[name].add(line.mapping_id.stream)
        for name, streams in named.items():
            streams.discard(name)
        filled = mappings.filtered(lambda m: m.stream_id.staged_count)
        heads = filled.filtered(lambda m: m.model_name in HEADS and not m.part)
        streams = (heads or filled or mappings).stream_id
        return max(streams, key=lambda s: len(named[s.name]), default=streams)

    # -- buttons -----------------------------------------------------------------

    def action_ask_sample(self):
        """Ask which records, and show what would come along."""
        self.ensure_one()
        self._check_manager()
        self._check_not_closed()
        return self._open_dialog(
            self.env._("Load Sample"),
            "crm.migration.sample",
            default_job_id=self.id,
            default_stream_id=self.sudo()._propose_sample_stream().id,
        )

    def action_roll_back_sample(self):
        """Take the sample back, and whatever was made for it.

        :raises UserError: no sample is loaded, or more than one
        """
        self.ensure_one()
        self._as_manager()._check_sample()
        return bool(self._start_run("rollback"))

    def action_continue_sample(self):
        """Load the rest; the sample stays as it is.

        :raises UserError: no sample is loaded
        """
        self.ensure_one()
        self._as_manager()._check_sample()
        return bool(self._start_run("load"))

    def action_open_sample_records(self):
        """Show what a sample became of the model that the context names."""
        self.ensure_one()
        job = self._as_reviewer()
        model = self.env.context.get("sample_model")
        if model not in SHOWN.values() or model not in self.env:
            model = "res.partner"
        links = job.env["crm.migration.id.map"].search(
            [("job_id", "=", self.id), ("res_model", "=", model)]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "Sample: %(what)s", what=self.env["ir.model"]._get(model).sudo().name
            ),
            "res_model": model,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "target": "current",
            "domain": [("id", "in", sorted(set(links.mapped("res_id"))))],
            "context": {"active_test": False, "create": False},
        }

    def _check_sample(self):
        self.invalidate_recordset(["is_sample"])
        if not self.is_sample:
            raise UserError(
                self.env._("No sample is loaded, or more than a sample is already.")
            )


def _get_names(steps):
    """Return the texts within the steps of a conversion that look records up.

    >>> sorted(_get_names([["strip"], ["lookup_first", ["companies", "contacts"]]]))
    ['companies', 'contacts']
    """
    found = set()
    left = [step[1:] for step in steps if str(step[0]).startswith("lookup")]
    while left:
        value = left.pop()
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, dict):
            left.extend(value.values())
        elif isinstance(value, list | tuple):
            left.extend(value)
    return found
