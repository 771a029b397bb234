"""Tickets of the OCA's helpdesk_mgmt; without it they become tasks, or activities."""

import re

from odoo import models
from odoo.fields import Domain

from ...mapping.companies import get_company_domain
from ..stand_in import stand_in

EMPTY = "<p></p>"
"""The description must not be missing, and may be empty (helpdesk_mgmt 19.0.1.3.2)."""


class CrmMigrationTargetHelpdeskTicket(models.AbstractModel):
    """``@done_at`` is when a ticket was closed.

    A ticket is created in its final stage: a later write would date the closing today,
    even where the date is written with it. What the form fills by itself (name and address
    of the contact) is filled here, for ``create`` does not.
    """

    _name = "crm.migration.target.helpdesk.ticket"
    _description = "Migration Target: Tickets"
    _inherit = ["crm.migration.target"]
    _model, _app = "helpdesk.ticket", "helpdesk_mgmt"
    _places = ("@done_at",)
    _fields_needed = ("number", "closed_date", "partner_email")
    _form = "helpdesk_mgmt.ticket_view_form"
    _began_before = ("@done_at",)
    _stand_ins = (
        stand_in(
            "project.task",
            kept=("stage_id", "team_id", "category_id", "channel_id", "tag_ids"),
            user_id="user_ids",
        ),
    )
    # Drawn from its sequence where the source gives none.
    _own_life = frozenset({"number"})

    def _get_named_field(self, model):
        return "name"

    def _derive(self, batch, item):
        vals = item.vals
        closed = self._moment(batch, item, "@done_at")
        if closed:
            vals["closed_date"] = closed
            if not vals.get("stage_id"):
                vals["stage_id"] = batch.once(
                    "closed", lambda: self._get_closed_stage()
                )
        created, changed, _author, _editor = self._origin(batch, item)
        moved = closed or changed or created
        if moved:
            vals.setdefault("last_stage_update", moved)
            item.defaulted_fields.add("last_stage_update")
        if vals.get("user_id") and created:
            # Odoo would say now; of this date the source says nothing.
            vals["assigned_date"] = created
            item.defaulted_fields.add("assigned_date")

    def _get_closed_stage(self):
        stages = self.env["helpdesk.ticket.stage"]
        usable = get_company_domain(stages, self.env.company)
        return stages.search(
            Domain([("closed", "=", True), ("team_ids", "=", False)]) & usable, limit=1
        ).id

    def _complete(self, batch, item):
        super()._complete(batch, item)
        vals = item.vals
        vals.setdefault("company_id", batch.job.company_id.id)
        vals.setdefault("user_id", False)
        vals.setdefault("team_id", False)
        vals.setdefault("closed_date", False)
        if not vals.get("description"):
            vals["description"] = EMPTY
        if vals.get("partner_id"):
            partner = self.env["res.partner"].browse(vals["partner_id"])
            vals.setdefault("partner_name", partner.name)
            vals.setdefault("partner_email", partner.email)

    def _after_create(self, batch, items):
        """Let the next number be none that came along; numbers are not unique there."""
        given = [item.vals["number"] for item in items if item.vals.get("number")]
        sequence = self._get_sequence(batch)
        if not given or not sequence:
            return
        prefix = re.escape(sequence.prefix or "")
        suffix = re.escape(sequence.suffix or "")
        found = (re.fullmatch(f"{prefix}0*([0-9]{{1,12}}){suffix}", n) for n in given)
        highest = max((int(match[1]) for match in found if match), default=0)
        if highest >= sequence.number_next_actual:
            sequence.number_next_actual = highest + 1

    def _get_sequence(self, batch):
        domain = [
            ("code", "=", "helpdesk.ticket.sequence"),
            ("company_id", "in", [False, batch.job.company_id.id]),
        ]
        return self.env["ir.sequence"].search(domain, order="company_id", limit=1)

    def _write_record(self, batch, record, vals):
        """Keep the dates that a write of stage or assignee sets to now."""
        dates = ("closed_date", "last_stage_update", "assigned_date")
        kept = {name: vals.pop(name, record[name]) for name in dates}
        super()._write_record(batch, record, vals)
        record.write({n: value for n, value in kept.items() if record[n] != value})
