"""The dialog that says what a merge of many pairs will do, before it is decided."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.words.messages import agreed

SHOWN = 5
"""Pairs that are named."""


class CrmMigrationDuplicateMerge(models.TransientModel):
    """Deciding changes nothing in Odoo yet: that is done by the next load."""

    _name = "crm.migration.duplicate.merge"
    _description = "Merge Duplicates"
    _inherit = ["crm.migration.dialog"]

    pair_ids = fields.Many2many("crm.migration.duplicate", required=True)
    count_text = fields.Text(compute="_compute_texts", string="What Is Merged")
    example_text = fields.Text(compute="_compute_texts", string="For Example")

    @api.depends("pair_ids")
    def _compute_texts(self):
        for wizard in self:
            pairs = wizard.pair_ids._origin
            wizard.count_text = "\n".join(wizard._describe(pairs))
            named = pairs.sorted(lambda pair: (pair.score, pair.id))[:SHOWN]
            wizard.example_text = "\n".join(
                self.env._(
                    "%(name)s → %(other)s (%(evidence)s, %(score)s %%)",
                    name=pair.record_id.display_name,
                    other=pair.other_name or pair.other_record_id.display_name or "",
                    evidence=pair.evidence or "",
                    score=pair.score,
                )
                for pair in named
            )

    def _describe(self, pairs):
        """Yield in words how many pairs there are, and into what they are merged."""
        groups = self.env["crm.migration.duplicate"]._read_group(
            [("id", "in", pairs.ids)], ["job_id", "stream", "kind"], ["__count"]
        )
        names = {stream for _job, stream, _kind, _count in groups}
        labels = pairs._label_streams(pairs.job_id.ids, names)
        for job, stream, kind, count in groups:
            text = (
                self.env._(
                    "%(object)s: %(count)s [[count|record|records]] into what Odoo has already.",
                    object=labels.get((job.id, stream), stream),
                    count=count,
                )
                if kind == "odoo"
                else self.env._(
                    "%(object)s: %(count)s [[count|record|records]] into another one of the source.",
                    object=labels.get((job.id, stream), stream),
                    count=count,
                )
            )
            yield agreed(self.env, text, {"count": count})
        if decided := len(pairs.filtered("decision")):
            text = self.env._(
                "%(count)s of them [[count|was|were]] decided before; that is changed.",
                count=decided,
            )
            yield agreed(self.env, text, {"count": decided})

    def action_merge(self):
        """Decide that the pairs are merged.

        :raises UserError: there are none
        """
        self.ensure_one()
        if not self.pair_ids:
            raise UserError(self.env._("Choose the pairs to merge first."))
        self.pair_ids.action_merge()
        return {"type": "ir.actions.act_window_close"}
