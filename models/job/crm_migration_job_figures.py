"""What the form shows at a glance: predicted, loaded, failed, differing, object by object."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import formatLang
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

PARTS = {
    "created": _lt("Created"),
    "updated": _lt("Updated"),
    "merged": _lt("Merged"),
    "unchanged": _lt("Unchanged"),
    "skipped": _lt("Left Out"),
    "unmapped": _lt("Not Loaded"),
    "failed": _lt("Failed"),
    "pending": _lt("To Do"),
}
"""What the staged records add up to: name of the sum → label."""

COLORS = {
    "created": "bg-success",
    "updated": "bg-info",
    "merged": "bg-primary",
    "unchanged": "bg-success opacity-50",
    "skipped": "bg-secondary opacity-50",
    "unmapped": "bg-secondary",
    "failed": "bg-danger",
    "pending": "bg-warning",
}

LOADED = ("created", "updated", "merged", "unchanged")
SHOWN = 12
"""Objects with a bar of their own, the largest; the reconciliation has all."""


class CrmMigrationJobFigures(models.AbstractModel):
    """Read from the sums of the last rehearsal and of the last load, never counted anew."""

    _name = "crm.migration.job.figures"
    _description = "Migration: Job Figures"

    cleaned_up = fields.Json(
        readonly=True,
        copy=False,
        help="Object → records that Clean Up took out of Odoo since the last sums.",
    )
    figures_html = fields.Html(
        compute="_compute_figures_html", sanitize=False, string="Figures"
    )

    @api.depends("run_id.state", "reconciliation_ids", "cleaned_up")
    def _compute_figures_html(self):
        for job in self:
            predicted, real = job._get_last_sums(True), job._get_last_sums(False)
            job.figures_html = job._show_all(predicted, real)

    def _show_all(self, predicted, real):
        """Return sums, legend and bars; False while nothing was rehearsed or loaded."""
        shown = real or predicted
        if not shown:
            return False
        bars = [self._show_bar(row) for row in self._get_largest(shown)]
        parts = [
            self._show_figures(predicted, real),
            self._show_forecast(shown.run_id),
            self._show_legend(shown),
            *bars,
        ]
        return Markup("").join(parts)

    def _get_last_sums(self, is_prediction):
        """Return the sums of the last run that rehearsed, or that loaded or proved."""
        sums = self.env["crm.migration.reconciliation"]
        domain = [("job_id", "=", self.id), ("is_prediction", "=", is_prediction)]
        last = sums.search(domain, order="run_id.id desc", limit=1).run_id
        return sums.search([*domain, ("run_id", "=", last.id)]) if last else sums

    def _get_largest(self, rows):
        filled = rows.filtered("staged_count")
        return filled.sorted(lambda row: (-row.staged_count, row.sequence, row.id))[
            :SHOWN
        ]

    def _number(self, value):
        return formatLang(self.env, value, digits=0)

    def _note_cleaned_up(self, counts):
        """Note how many records of each object are not in Odoo any more.

        :param counts: id of an object → number of records
        """
        known = dict(self.cleaned_up or {})
        for stream_id, count in counts.items():
            known[str(stream_id)] = known.get(str(stream_id), 0) + count
        self.cleaned_up = known or False

    def _add_up(self, rows, names):
        return sum(self._get_parts(row)[name] for row in rows for name in names)

    def _get_parts(self, row):
        """Return name → count of one object, as it is since the last clean up."""
        parts = {name: row[f"{name}_count"] for name in PARTS}
        gone = (self.cleaned_up or {}).get(str(row.stream_id.id), 0)
        if row.is_prediction or not gone:
            return parts
        parts["skipped"] += gone
        for name in ("unchanged", "created", "updated", "merged"):
            taken = min(gone, parts[name])
            parts[name] -= taken
            gone -= taken
        return parts

    def _show_figures(self, predicted, real):
        """Return the sums of the whole migration, each under its word."""
        shown = real or predicted
        figures = []
        if predicted:
            figures.append(
                (self.env._("Predicted"), self._add_up(predicted, LOADED), "")
            )
        if real:
            figures.append(
                (self.env._("Loaded"), self._add_up(real, LOADED), "text-success")
            )
        aside = self._add_up(shown, ("skipped", "unmapped"))
        figures.append((self.env._("Left Out"), aside, ""))
        failed = self._add_up(shown, ("failed",))
        figures.append((self.env._("Failed"), failed, "text-danger" if failed else ""))
        differs = self.difference_count
        if real and (differs or self.is_verified):
            color = "text-danger" if differs else ""
            figures.append((self.env._("Values Differ"), differs, color))
        cells = Markup("").join(
            Markup(
                '<div class="me-4"><div class="fs-3 fw-bold %s">%s</div>'
                '<div class="text-muted">%s</div></div>'
            )
            % (color, self._number(value), label)
            for label, value, color in figures
        )
        return Markup('<div class="d-flex flex-wrap mb-2">%s</div>') % cells

    def _show_forecast(self, run):
        """Return what there will be of each kind in Odoo, and how long a load takes."""
        lines = [self._format_models(run)]
        if run.kind == "dry_run":
            lines.append(self._format_estimate())
        return Markup("").join(
            Markup('<div class="small text-muted mb-2">%s</div>') % line
            for line in lines
            if line
        )

    def _show_legend(self, rows):
        """Return the colors that the bars have, each with its word."""
        marks = Markup("").join(
            Markup(
                '<span class="me-3 text-nowrap"><span class="d-inline-block %s"'
                ' style="width:10px;height:10px"></span> %s</span>'
            )
            % (COLORS[name], self.env._(label))
            for name, label in PARTS.items()
            if self._add_up(rows, (name,))
        )
        return Markup('<div class="small text-muted mb-2">%s</div>') % marks

    def _show_bar(self, row):
        """Return what became of the records of one object, as a bar of its parts."""
        counts = self._get_parts(row)
        parts = Markup("").join(
            Markup(
                '<div class="progress-bar %s" style="width:%s%%" title="%s: %s"></div>'
            )
            % (
                COLORS[name],
                round(100 * counts[name] / row.staged_count, 2),
                self.env._(label),
                self._number(counts[name]),
            )
            for name, label in PARTS.items()
            if counts[name]
        )
        return Markup(
            '<div class="d-flex align-items-center mb-1">'
            '<div class="text-truncate me-2" style="width:9rem">%s</div>'
            '<div class="progress flex-grow-1" style="height:14px">%s</div>'
            '<div class="ms-2 text-end" style="width:4.5rem">%s</div></div>'
        ) % (row.stream_id.label, parts, self._number(row.staged_count))
