"""Mailings that were sent: the frame of their statistics, never to be sent again."""

from odoo import models

from ...connectors.mapping.merge_tags import inert
from ..odoo.sanitize import sanitize_body

ACTED_ON = ("subject", "preview", "email_from", "reply_to")
"""Texts in which Odoo evaluates expressions when a mailing is sent, for the preview without
asking whether who sends it may write code (19.0 ``MassMailing._unrestricted_rendering``).
Somebody may duplicate a mailing; what stood in it in the source was not meant for Odoo."""


class CrmMigrationTargetMailingMailing(models.AbstractModel):
    """Only where the migration is asked for it, and never in another state than *Sent*.

    Odoo names the origin of its links after a mailing (``utm.source``): it goes with it.
    A mailing with a campaign would write into that one what its A/B test asks for, and
    trigger a scheduled action (``mass_mailing``, 19.0): it gets its campaign by SQL.
    """

    _name = "crm.migration.target.mailing.mailing"
    _description = "Migration Target: Mailings"
    _inherit = ["crm.migration.target"]
    _model, _app = "mailing.mailing", "mass_mailing"
    _asked_for = ("email_results", "mailings")
    _archivable = False
    # Odoo makes it along with the mailing.
    _own_life = frozenset({"source_id"})
    _is_history = True

    def _note_field(self, batch):
        return "body_html"

    def _get_named_field(self, model):
        return "subject"

    def _default_name(self, batch, item):
        return self.env._("Mailing")

    def _derive(self, batch, item):
        vals = item.vals
        if vals.get("body_html"):
            vals["body_html"] = sanitize_body(vals["body_html"])
        for name in ACTED_ON:
            if vals.get(name):
                vals[name] = inert(vals[name])
        # Whatever the source says of it: here it is over.
        vals.update(state="done", schedule_type="now", schedule_date=False)
        vals.update(kpi_mail_required=False, ab_testing_enabled=False)

    def _required_fields(self, batch):
        """Leave out the origin of links: Odoo makes one along with the mailing."""
        fields = super()._required_fields(batch)
        return [field for field in fields if field.name != "source_id"]

    def _complete(self, batch, item):
        super()._complete(batch, item)
        company = batch.job.company_id.partner_id
        sender = item.vals.get("email_from") or company.email_formatted or company.name
        for name, value in {
            "mailing_type": "mail",
            "mailing_model_id": self.env["ir.model"]._get_id("res.partner"),
            "mailing_domain": "[]",
            "email_from": sender,
            "reply_to_mode": "new",
            "reply_to": sender,
            "sent_date": self._origin(batch, item)[0] or False,
            "user_id": False,
        }.items():
            item.vals.setdefault(name, value)

    def _create_records(self, batch, items):
        given = [
            {n: v for n, v in item.vals.items() if n != "campaign_id"} for item in items
        ]
        records = batch.model.create(given)
        for item, record in zip(items, records, strict=True):
            self._set_campaign(record, item.vals.get("campaign_id"))
        return records.ids

    def _write_record(self, batch, record, vals):
        super()._write_record(
            batch, record, {n: v for n, v in vals.items() if n != "campaign_id"}
        )
        if "campaign_id" in vals:
            self._set_campaign(record, vals["campaign_id"])

    def _set_campaign(self, record, campaign_id):
        """Write it where it differs; its statistics follow as Odoo lets them."""
        if record.campaign_id.id == (campaign_id or False):
            return
        record.flush_recordset()
        self.env.cr.execute(
            "UPDATE mailing_mailing SET campaign_id = %s WHERE id = %s",
            [campaign_id or None, record.id],
        )
        record.invalidate_recordset(["campaign_id"], flush=False)
        record.modified(["campaign_id"])

    def _after_create(self, batch, items):
        for item in items:
            source = batch.model.browse(item.res_id).source_id
            item.add_extra("utm.source", source.id)

    def _delete_extras(self, maps):
        """The origin is needed until its mailing is gone."""

    def _unlink(self, records):
        sources = records.source_id
        super()._unlink(records)
        for source in sources.exists():
            if not self._is_used(source, {}):
                source.unlink()
