"""The dialog that loads some records, with what hangs together with them, for a look."""

import secrets
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.words.messages import agreed

MOST = 10_000
"""Root records of a sample: more are a load."""

AT_ONCE = 100_000
"""Staging records up to which each change of the dialog is counted; of more when asked."""


class CrmMigrationSample(models.TransientModel):
    """What would be loaded is counted before anything is; the seed repeats the draw."""

    _name = "crm.migration.sample"
    _description = "Load a Sample"
    _inherit = ["crm.migration.dialog"]

    job_id = fields.Many2one("crm.migration.job", required=True, ondelete="cascade")
    stream_id = fields.Many2one(
        "crm.migration.stream",
        string="Begin with",
        required=True,
        ondelete="cascade",
        domain="[('job_id', '=', job_id), ('selected', '=', True), ('mapping_ids', '!=', False)]",
        help="What hangs on these records comes along. Proposed is the object that most "
        "others link to.",
    )
    size = fields.Integer(
        string="Records", default=25, required=True, help="From 1 to 10,000."
    )
    seed = fields.Char(
        default=lambda self: secrets.token_hex(4),
        required=True,
        help="Any word. The same word draws the same records once more.",
    )
    match = fields.Selection(
        [("all", "all of these hold"), ("any", "one of these holds")],
        string="Only If",
        default="all",
        required=True,
    )
    line_ids = fields.One2many(
        "crm.migration.sample.line", "sample_id", string="Conditions"
    )
    count_text = fields.Char(compute="_compute_count_text", string="Result")
    object_ids = fields.One2many(
        "crm.migration.sample.object",
        "sample_id",
        compute="_compute_object_ids",
        store=True,
        string="Would Be Loaded",
    )
    is_counted = fields.Boolean(compute="_compute_is_counted", store=True)
    _written_by_itself = frozenset({"object_ids", "is_counted"})

    @api.depends("job_id")
    def _compute_is_counted(self):
        for wizard in self:
            staged = wizard.job_id.sudo().stream_ids.mapped("staged_count")
            wizard.is_counted = sum(staged) <= AT_ONCE

    @api.depends(
        *("stream_id", "size", "match"),
        *("line_ids.column", "line_ids.operator", "line_ids.value"),
    )
    def _compute_count_text(self):
        for wizard in self:
            try:
                wizard.count_text = wizard._count()
            except UserError as error:
                wizard.count_text = str(error)

    def _count(self):
        """Return in words of how many records the roots are drawn."""
        stream = self.stream_id.sudo()
        if not stream:
            return False
        total, passing, _loaded = stream._count_filter(self._get_domain())
        counts = {"total": total, "passing": passing}
        counts["drawn"] = min(passing, max(self.size, 0))
        text = self.env._(
            "%(passing)s of %(total)s [[total|record|records]] of %(object)s "
            "[[passing|passes|pass]]; up to %(drawn)s [[drawn|is|are]] drawn.",
            object=stream.label,
            **counts,
        )
        return agreed(self.env, text, counts)

    def _get_domain(self):
        return self.line_ids._as_domain(self.match)

    @api.depends(
        *("stream_id", "size", "seed", "match", "is_counted"),
        *("line_ids.column", "line_ids.operator", "line_ids.value"),
    )
    def _compute_object_ids(self):
        for wizard in self:
            wizard.object_ids = [
                Command.clear(),
                *map(Command.create, wizard._count_objects()),
            ]

    def _count_objects(self):
        """Return how many records of each object would be loaded: the roots first."""
        if not self.is_counted:
            return []
        job, wanted = self.job_id.sudo(), self._get_wanted()
        sample = self.env["crm.migration.sample.draw"].sudo()
        try:
            roots = sample._draw(job, wanted) if self._is_meant() else []
        except UserError:  # a condition that is not finished
            roots = []
        counts = Counter()
        for stream, count in job.env["crm.migration.record"]._read_group(
            [("id", "in", sample._follow(job, roots))], ["stream_id"], ["__count"]
        ):
            counts[stream] = count
        return [
            {
                "stream_id": stream.id,
                "count": counts[stream],
                "root_count": len(roots) if stream.name == wanted["stream"] else 0,
            }
            for stream in sorted(
                counts,
                key=lambda s: (s.name != wanted["stream"], -counts[s], s.sequence),
            )
        ]

    def _is_meant(self):
        return bool(self.stream_id and self.seed and 1 <= self.size <= MOST)

    def _get_wanted(self):
        """Return the sample as a load takes it, see ``crm.migration.sample.draw``."""
        return {
            "stream": self.stream_id.sudo().name,
            "size": self.size,
            "seed": self.seed,
            "filter": self._get_domain() or None,
        }

    def action_count(self):
        """Count what would be loaded, of a migration with many records."""
        self.ensure_one()
        self.job_id._check_manager()
        self.sudo().is_counted = True
        return {
            **self.job_id._open_dialog(self.env._("Load Sample"), self._name),
            "res_id": self.id,
        }

    def action_load(self):
        """Load the records, and what hangs together with them.

        :raises UserError: the number makes no sense, or no record is meant
        """
        self.ensure_one()
        self.job_id._check_manager()
        if not 1 <= self.size <= MOST:
            raise UserError(self.env._("Choose a number from 1 to 10,000."))
        job, wanted = self.job_id.sudo(), self._get_wanted()
        if not self.env["crm.migration.sample.draw"].sudo()._draw(job, wanted):
            raise UserError(
                self.env._("No record that could be loaded is meant. Choose others.")
            )
        self.job_id._start_run("load", {"sample": wanted})
        return {"type": "ir.actions.act_window_close"}


class CrmMigrationSampleLine(models.TransientModel):
    """A condition that the root records fulfill."""

    _name = "crm.migration.sample.line"
    _description = "Condition of a Sample"
    _inherit = ["crm.migration.condition"]
    _of_stream = "sample_id.stream_id"

    sample_id = fields.Many2one("crm.migration.sample", ondelete="cascade")


class CrmMigrationSampleObject(models.TransientModel):
    """How many records of an object a sample would load."""

    _name = "crm.migration.sample.object"
    _description = "Object of a Sample"
    _inherit = ["crm.migration.dialog"]
    _order = "id"

    sample_id = fields.Many2one("crm.migration.sample", ondelete="cascade")
    stream_id = fields.Many2one(
        "crm.migration.stream", string="Object", required=True, ondelete="cascade"
    )
    count = fields.Integer(string="Records")
    root_count = fields.Integer(string="Drawn")
