"""Phone calls of the OCA's crm_phonecall; without it they are messages with an activity."""

from odoo import models

from .stand_in import constant, stand_in

MINUTES = 60


class CrmMigrationTargetCrmPhonecall(models.AbstractModel):
    """``@duration`` is in hours, the field in minutes.

    ``@thread`` says with whom it was and about what, ``@partners`` who else took part:
    the first contact and the first lead stand in the call, every other record gets a note.

    Calls are created in their final state and never written one: *Held* would set a known
    duration to zero, and without one take the time of day (crm_phonecall 19.0.1.0.1).
    """

    _name = "crm.migration.target.crm.phonecall"
    _description = "Migration Target: Phone Calls"
    _inherit = ["crm.migration.target"]
    _model, _app = "crm.phonecall", "crm_phonecall"
    _places = ("@thread", "@partners", "@subtype")
    _is_history = True
    _stand_ins = (
        stand_in(
            "mail.message",
            constant("@subtype", "call"),
            name="subject",
            description="body",
            user_id="_author",
        ),
    )

    def _get_named_field(self, model):
        return "name"

    def _default_name(self, batch, item):
        return self.env._("Call")

    def _derive(self, batch, item):
        vals = item.vals
        hours = self._hours(batch, item)
        if hours is not None:
            vals["duration"] = hours * MINUTES
        vals.setdefault("state", "done")
        if vals["state"] == "done":
            vals.setdefault("date_closed", vals.get("date") or False)
        vals.update(self._thread_values(batch, item))

    def _thread_values(self, batch, item):
        took_part = [
            each
            for each in self._look_up_all(batch, item, "@partners")
            if each[0] != "res.users"  # who called is the user of the call
        ]
        item.threads = list(
            dict.fromkeys((*self._look_up_home(batch, item), *took_part))
        )
        partners = [i for model, i in item.threads if model == "res.partner"]
        leads = [i for model, i in item.threads if model == "crm.lead"]
        lead = self.env["crm.lead"].browse(leads[:1])
        partner = self.env["res.partner"].browse(partners[:1]) or lead.partner_id
        partner = partner or self._find_customer(item.threads)
        values = {"partner_id": partner.id, "opportunity_id": lead.id}
        item.home = item.threads[0] if item.threads else None
        item.shown = {("res.partner", partner.id), ("crm.lead", lead.id)}
        return {name: value for name, value in values.items() if value}

    # -- the other records that it belongs to ------------------------------------

    def _others(self, batch, item):
        """Leave out those that show their calls themselves; all others get a note."""
        home, item.home = item.home, None
        others = super()._others(batch, item)
        item.home = home
        return [each for each in others if each not in item.shown]

    def _shown_at(self, item):
        return "crm.phonecall", item.res_id

    def _after_create(self, batch, items):
        self._tell_others(batch, items)

    def _update(self, batch, items):
        super()._update(batch, items)
        self._tell_new_others(batch, items)

    def _compare_more(self, batch, item, record):
        yield from super()._compare_more(batch, item, record)
        yield from self._compare_others(batch, item)

    def _find_customer(self, threads):
        """Return who is behind a call about something else, such as a ticket."""
        customers = self.env["res.partner"]
        for model, res_id in threads:
            if "partner_id" in self.env[model]._fields:
                customers |= self.env[model].browse(res_id).partner_id
        return customers[:1]

    def _complete(self, batch, item):
        super()._complete(batch, item)
        for name in ("user_id", "partner_id", "opportunity_id", "date", "date_closed"):
            item.vals.setdefault(name, False)
        item.vals.setdefault("company_id", batch.job.company_id.id)
        item.vals.setdefault("duration", 0.0)

    def _write_record(self, batch, record, vals):
        """Write a state by itself only where it differs, and keep what it would reset."""
        if vals.get("state") == record.state:
            vals = {name: value for name, value in vals.items() if name != "state"}
        kept = {
            name: vals.get(name, record[name])
            for name in ("duration", "date_open", "date_closed")
        }
        super()._write_record(batch, record, vals)
        again = {n: value for n, value in kept.items() if record[n] != value}
        if again:
            super()._write_record(batch, record, again)
