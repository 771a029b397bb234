"""A spot check: some connected records, looked at by a person, judged and signed."""

import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..words.messages import agreed

SHOWN = "spot_check_line"
"""In the context of a button: the record that its user sees."""


class CrmMigrationSpotCheck(models.Model):
    """A new draw leaves the earlier ones as they are: they are the history."""

    _name = "crm.migration.spot.check"
    _description = "Spot Check"
    _inherit = ["crm.migration.spot.check.draw", "crm.migration.protected"]
    _order = "id desc"

    job_id = fields.Many2one(
        "crm.migration.job",
        string="Migration",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="job_id.company_id", store=True)
    seed = fields.Char(required=True, help="The same seed draws the same records.")
    size = fields.Integer(string="Records")
    line_ids = fields.One2many("crm.migration.spot.check.line", "check_id")
    shown_id = fields.Many2one(
        "crm.migration.spot.check.line",
        ondelete="set null",
        help="The record that somebody wants to see next.",
    )
    current_id = fields.Many2one(
        "crm.migration.spot.check.line",
        compute="_compute_current_id",
        string="Record",
    )
    current_stream = fields.Char(compute="_compute_current_id")
    current_hangs_on = fields.Char(compute="_compute_current_id")
    current_comment = fields.Char(compute="_compute_current_id")
    comparison = fields.Json(compute="_compute_comparison")
    judged_count = fields.Integer(compute="_compute_counts", string="Judged")
    wrong_count = fields.Integer(compute="_compute_counts", string="Wrong")
    is_judged = fields.Boolean(compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts", string="Judged (%)")
    progress_text = fields.Char(compute="_compute_counts", string="Progress")
    signed_by_id = fields.Many2one("res.users")
    signed_at = fields.Datetime(string="Signed On")
    digest = fields.Char(
        string="Fingerprint",
        help="Of the records, what stood on both sides, the verdicts and the comments.",
    )

    @api.depends("create_date", "job_id.name")
    def _compute_display_name(self):
        for check in self:
            check.display_name = check.env._("Spot Check %(number)s", number=check.id)

    @api.depends("line_ids.verdict")
    def _compute_counts(self):
        groups = self.env["crm.migration.spot.check.line"]._read_group(
            [("check_id", "in", self.ids)], ["check_id", "verdict"], ["__count"]
        )
        counts = {}
        for check, verdict, count in groups:
            counts.setdefault(check.id, {})[verdict] = count
        for check in self:
            found = counts.get(check.id, {})
            check.wrong_count = found.get("wrong", 0)
            check.judged_count = check.wrong_count + found.get("right", 0)
            check.is_judged = bool(found) and not found.get(False)
            check.progress = 100.0 * check.judged_count / (sum(found.values()) or 1)
            check.progress_text = agreed(
                check.env,
                check.env._(
                    "%(done)s of %(count)s judged, %(wrong)s wrong",
                    done=check.judged_count,
                    count=check.size,
                    wrong=check.wrong_count,
                ),
                {"count": check.size},
            )

    @api.depends("shown_id", "line_ids.verdict")
    def _compute_current_id(self):
        for check in self:
            waiting = check.line_ids.filtered(lambda line: not line.verdict)
            line = check.shown_id or waiting[:1] or check.line_ids[:1]
            check.current_id = line
            check.current_stream = line.stream_label
            check.current_hangs_on = line.hangs_on
            check.current_comment = line.comment

    def _compute_comparison(self):
        for check in self:
            check.comparison = check.current_id.comparison or []

    # -- buttons -----------------------------------------------------------------------

    def _get_seen(self):
        """Return the line that whoever presses a button has before their eyes.

        Somebody else may have judged it since: then another one is the current one.
        """
        self.ensure_one()
        self.check_access("read")
        seen = self.line_ids.browse(self.env.context.get(SHOWN))
        return (seen & self.line_ids) or self.current_id

    def action_right(self):
        """Say that the record is right, and go on to the next."""
        seen = self._get_seen()
        seen.action_right()
        self._as_reviewer().shown_id = False
        return True

    def action_wrong(self):
        """Ask what is wrong."""
        return self._get_seen().action_wrong()

    def action_open_target(self):
        return self._get_seen().action_open_target()

    def action_open_record(self):
        return self._get_seen().action_open_record()

    def action_draw_again(self):
        """Ask how many records are drawn next; this draw stays."""
        self.ensure_one()
        self.check_access("read")
        return self.job_id.action_draw_spot_check()

    def action_sign(self):
        """Sign what was judged, which cannot be taken back.

        :raises UserError: some are not judged, or not any more what was judged
        """
        self.ensure_one()
        check = self._as_reviewer()
        if check.signed_at:
            raise UserError(self.env._("This spot check is signed already."))
        if not check.is_judged:
            raise UserError(self.env._("Judge every record first."))
        changed = check.line_ids.filtered(
            lambda line: line.digest != line._get_digest()
        )
        if changed:
            names = ", ".join(changed.mapped("display_name"))
            raise UserError(
                self.env._(
                    "This has changed since it was judged, judge it again: %(names)s.",
                    names=names,
                )
            )
        check.write(
            {
                "signed_by_id": self.env.uid,
                "signed_at": fields.Datetime.now(),
                "digest": check._get_digest(),
                "shown_id": False,
            }
        )
        check._post_signature()
        return True

    def _post_signature(self):
        """Leave a note in the chatter, which nobody is mailed."""
        self.job_id._message_log(
            body=self.env._(
                "The spot check was signed: %(progress)s. Fingerprint: %(digest)s",
                progress=self.progress_text,
                digest=self.digest,
            ),
            author_id=self.signed_by_id.partner_id.id,
        )

    def _get_digest(self):
        """Return the fingerprint of what is signed."""
        self.ensure_one()
        judged = [
            [
                line.stream,
                line.source_id,
                line.digest,
                line.verdict,
                line.comment or "",
                line.judged_by_id.id,
            ]
            for line in self.line_ids.sorted("sequence")
        ]
        raw = json.dumps([self.seed, judged], ensure_ascii=False).encode()
        return hashlib.sha256(raw).hexdigest()
