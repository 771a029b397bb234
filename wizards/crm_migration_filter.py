"""The dialog that says which records of an object are loaded, and counts them at once."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.staging.filter_sql import EMPTY, LISTS, is_condition
from ..models.words.messages import agreed

SHOWN = 5
"""Values that are none that the dialog names."""


class CrmMigrationFilter(models.TransientModel):
    """Nothing is written before *Apply*; the counts are asked of what was read."""

    _name = "crm.migration.filter"
    _description = "Filter of an Object"
    _inherit = ["crm.migration.dialog"]

    stream_id = fields.Many2one(
        "crm.migration.stream", string="Object", required=True, ondelete="cascade"
    )
    match = fields.Selection(
        [("all", "all of these hold"), ("any", "one of these holds")],
        compute="_compute_lines",
        store=True,
        readonly=False,
        string="Load a Record If",
    )
    line_ids = fields.One2many(
        "crm.migration.filter.line",
        "filter_id",
        compute="_compute_lines",
        store=True,
        readonly=False,
        string="Conditions",
    )
    nested_text = fields.Char(compute="_compute_nested_text")
    count_text = fields.Text(compute="_compute_count_text", string="Result")

    @api.depends("stream_id")
    def _compute_lines(self):
        for wizard in self:
            stream = wizard.stream_id
            domain = stream.filter_domain or []
            match = stream._is_flat(domain)
            conditions = [part for part in domain if is_condition(part)]
            wizard.match = match or "all"
            wizard.line_ids = [fields.Command.clear()] + [
                fields.Command.create(
                    {
                        "column": path,
                        "operator": operator,
                        "value": wizard._as_typed(operator, value),
                    }
                )
                for path, operator, value in (conditions if match else ())
            ]

    def _as_typed(self, operator, value):
        """Return a value as a person would type it."""
        if operator in EMPTY or value is None:
            return False
        values = value if operator in LISTS else [value]
        return "; ".join(map(self.stream_id._format_given, values))

    @api.depends("stream_id")
    def _compute_nested_text(self):
        for wizard in self:
            domain = wizard.stream_id.filter_domain or []
            flat = wizard.stream_id._is_flat(domain)
            wizard.nested_text = False if flat else wizard.stream_id.filter_text

    @api.depends(
        "stream_id",
        "match",
        "line_ids.column",
        "line_ids.operator",
        "line_ids.value",
    )
    def _compute_count_text(self):
        for wizard in self:
            try:
                wizard.count_text = wizard._count()
            except UserError as error:
                wizard.count_text = str(error)

    def _count(self):
        """Return in words how many of how many would pass."""
        stream, domain = self.stream_id.sudo(), self._get_domain()
        if not stream:
            return ""
        total, passing, loaded = stream._count_filter(domain)
        if not total:
            return self.env._(
                "Nothing has been read yet: the filter is asked once it has."
            )
        if not domain:
            text = self.env._(
                "All %(total)s [[total|record passes|records pass]].", total=total
            )
            return agreed(self.env, text, {"total": total})
        told = [
            agreed(
                self.env,
                self.env._(
                    "%(passing)s of %(total)s [[total|record|records]] [[passing|passes|pass]]. %(left)s [[left|is|are]] left out.",
                    passing=passing,
                    total=total,
                    left=total - passing,
                ),
                {"passing": passing, "total": total, "left": total - passing},
            )
        ]
        if loaded:
            text = self.env._(
                "%(loaded)s of them [[loaded|is|are]] loaded already and [[loaded|stays|stay]] in Odoo.",
                loaded=loaded,
            )
            told.append(agreed(self.env, text, {"loaded": loaded}))
        if unread := stream._get_unread(domain):
            text = self.env._(
                "Neither a number nor a day, so it does not pass: %(values)s",
                values=", ".join(unread[:SHOWN]),
            )
            told.append(text)
        return " ".join(told)

    def _get_domain(self):
        """Return the conditions as a domain."""
        return self.line_ids._as_domain(self.match)

    def action_apply(self):
        """Put the filter in force, and look anew at what was read.

        :raises UserError: the migration is at work
        """
        self.ensure_one()
        stream = self.stream_id._as_manager()
        job = stream.job_id
        if job.state != "idle":
            raise UserError(self.env._("This migration is still at work."))
        stream._set_filter(self._get_domain())
        self.stream_id.job_id._apply_filter_of(stream.name)
        return {"type": "ir.actions.act_window_close"}


class CrmMigrationFilterLine(models.TransientModel):
    """A condition of a filter."""

    _name = "crm.migration.filter.line"
    _description = "Condition of a Filter"
    _inherit = ["crm.migration.condition"]
    _of_stream = "filter_id.stream_id"

    filter_id = fields.Many2one("crm.migration.filter", ondelete="cascade")
