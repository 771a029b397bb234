"""One record of a spot check: right or wrong, by whose word, and what it looked like."""

import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..staging.crm_migration_record import open_target
from ..words.messages import format_message

VERDICTS = [("right", "Right"), ("wrong", "Wrong")]
PROBLEM = "spot_check_wrong"
"""Code of the problem that a wrong record becomes."""


class CrmMigrationSpotCheckLine(models.Model):
    """The names stay when the staging record or the one in Odoo does not."""

    _name = "crm.migration.spot.check.line"
    _description = "Spot Check, Record"
    _inherit = ["crm.migration.labelled", "crm.migration.protected"]
    _order = "check_id.id desc, sequence, id"

    check_id = fields.Many2one(
        "crm.migration.spot.check",
        required=True,
        index=True,
        ondelete="cascade",
        string="Spot Check",
    )
    job_id = fields.Many2one(
        related="check_id.job_id", store=True, index=True, string="Migration"
    )
    company_id = fields.Many2one(related="check_id.company_id", store=True)
    sequence = fields.Integer(string="No.")
    hangs_on = fields.Char(
        string="Drawn With", help="The record that brought this one into the draw."
    )
    record_id = fields.Many2one(
        "crm.migration.record",
        index="btree_not_null",
        ondelete="set null",
        string="Staging Record",
    )
    stream = fields.Char(required=True)
    source_id = fields.Char(required=True, string="Source ID")
    name = fields.Char(string="Record")
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    verdict = fields.Selection(VERDICTS, help="Empty: still to be judged.")
    comment = fields.Char()
    judged_by_id = fields.Many2one("res.users")
    judged_at = fields.Datetime(string="Judged On")
    digest = fields.Char(
        string="Fingerprint", help="Of what stood on both sides when it was judged."
    )
    message_id = fields.Many2one(
        "crm.migration.message", index="btree_not_null", ondelete="set null"
    )
    comparison = fields.Json(compute="_compute_comparison")

    @api.depends("name", "stream_label", "source_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.name or f"{line.stream_label} {line.source_id}"

    def _compute_comparison(self):
        compare = self.env["crm.migration.comparison"]._compare
        for line in self:
            record = line.record_id
            line.comparison = compare(record, is_labelled=True) if record else []

    # -- the verdict -----------------------------------------------------------------

    def _judge(self, verdict, comment=None):
        """Keep what somebody says of the records, and what stood there then."""
        lines = self._as_reviewer()
        if lines.check_id.filtered("signed_at"):
            raise UserError(self.env._("What was signed is not changed any more."))
        for line in lines:
            if verdict and not line.record_id:
                raise UserError(
                    self.env._(
                        "%(name)s is not there any more.", name=line.display_name
                    )
                )
            vals = {
                "verdict": verdict,
                "judged_by_id": verdict and self.env.uid,
                "judged_at": verdict and fields.Datetime.now(),
                "digest": verdict and line._get_digest(),
            }
            line.write(vals if comment is None else {**vals, "comment": comment})
            line._tell_problem()

    def _get_digest(self):
        """Return the fingerprint of both sides, whoever looks and in which language."""
        self.ensure_one()
        plain = self.sudo().with_company(self.company_id)
        plain = plain.with_context(lang=None, tz="UTC")
        rows = [
            [row[name] for name in ("part", "target", "source", "converted", "now")]
            for row in plain.env["crm.migration.comparison"]._compare(plain.record_id)
        ]
        text = [self.stream, self.source_id, self.res_model, self.res_id, rows]
        raw = json.dumps(text, ensure_ascii=False, default=str).encode()
        return hashlib.sha256(raw).hexdigest()

    def _tell_problem(self):
        """Let a wrong record stand among the problems for as long as it is wrong."""
        self.ensure_one()
        told = self.message_id
        if self.verdict != "wrong":
            told.state = "closed"
            return
        text, advice = format_message(self.env, PROBLEM, {"comment": self.comment})
        vals = {"text": text, "advice": advice, "state": "open"}
        if told:
            told.write(vals)
            return
        self.message_id = self.env["crm.migration.message"].create(
            {
                **vals,
                "job_id": self.job_id.id,
                "record_id": self.record_id.id,
                "phase": "spot_check",
                "severity": "warning",
                "stream": self.stream,
                "source_id": self.source_id,
                "code": PROBLEM,
            }
        )

    # -- buttons ---------------------------------------------------------------------

    def action_right(self):
        """Say that what stands in Odoo is what stood in the source."""
        self._judge("right")
        return True

    def action_wrong(self):
        """Ask what is wrong."""
        self.ensure_one()
        return self._open_dialog(
            self.env._("What Is Wrong?"),
            "crm.migration.spot.check.wrong",
            default_line_id=self.id,
        )

    def action_reopen(self):
        self._judge(False)
        return True

    def action_show(self):
        """Show this record next, side by side."""
        self.ensure_one()
        self._as_reviewer().check_id.shown_id = self
        return True

    def action_open_target(self):
        """Open the record in Odoo."""
        self.ensure_one()
        return open_target(self, self.res_model, self.res_id)

    def action_open_record(self):
        """Open the staging record, where values can be corrected."""
        self.ensure_one()
        return open_target(self, "crm.migration.record", self.record_id.id)
