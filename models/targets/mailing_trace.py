"""Who was sent which mailing, and whether they opened it, clicked, or it came back."""

from odoo import models
from odoo.tools import email_normalize

from ..loading.batch import Refused

EVENTS = {
    # event: (date field, status)
    "sent": ("sent_datetime", "sent"),
    "opened": ("open_datetime", "open"),
    "clicked": ("links_click_datetime", "open"),
    "bounced": (None, "bounce"),
    "failed": (None, "error"),
}
RANKS = ("outgoing", "cancel", "sent", "open", "error", "bounce")
"""Of two things that are known the later says what became of a mail."""


class CrmMigrationTargetMailingTrace(models.AbstractModel):
    """One for each mailing and recipient, however many rows tell of it.

    ``@event`` is what a row tells, at ``@at``; or the dates are fields themselves. The
    first opening and the last click count, as in Odoo. ``@thread`` is the recipient. No
    mail belongs to a trace, so that nothing can be sent for it.
    """

    _name = "crm.migration.target.mailing.trace"
    _description = "Migration Target: Mailing Statistics"
    _inherit = ["crm.migration.target.by.key"]
    _model, _app = "mailing.trace", "mass_mailing"
    _places = ("@thread", "@event", "@at")
    _asked_for = ("email_results", "mailings")
    _is_history = True
    _chunk = 1000
    _needed = frozenset({"mass_mailing_id"})

    def _derive(self, batch, item):
        vals = item.vals
        self._derive_recipient(batch, item)
        event = item.targets.get("@event")
        if isinstance(event, dict):
            event = self._look_up(batch, item, "@event", event)
        name, status = EVENTS.get(event, (None, None))
        if name:
            vals[name] = self._moment(batch, item, "@at")
        if not status:
            told = vals.get("open_datetime") or vals.get("links_click_datetime")
            status = "open" if told else "sent"
        given = vals.get("trace_status")
        vals["trace_status"] = max(filter(None, (given, status)), key=RANKS.index)
        if vals["trace_status"] == "bounce":
            vals["failure_type"] = "mail_bounce"
        vals["mail_mail_id"] = False

    def _derive_recipient(self, batch, item):
        for model, res_id in self._look_up_bearers(batch, item):
            record = self._browse_linked(batch, model, res_id)
            name = "email_from" if model == "crm.lead" else "email"
            item.vals.update(model=model, res_id=res_id)
            if name in record._fields and not item.vals.get("email"):
                item.vals["email"] = email_normalize(record[name] or "")
            return

    def _key_of(self, vals):
        return vals["mass_mailing_id"], vals["model"], vals["res_id"]

    def _check_required(self, batch, item, creating=False):
        super()._check_required(batch, item, creating)
        if creating and not item.vals.get("res_id"):
            raise Refused("no_thread", "@thread")

    def _find_known(self, batch, keys):
        """Return those of this migration alone: what others were sent is not ours."""
        self.env.cr.execute(
            """
            SELECT trace.mass_mailing_id, trace.model, trace.res_id, trace.id
              FROM unnest(%s::int[], %s::varchar[], %s::int[]) AS wanted (mass_mailing_id, model, res_id)
              JOIN mailing_trace AS trace USING (mass_mailing_id, model, res_id)
            """,
            [*map(list, zip(*keys, strict=True))] if keys else [[], [], []],
        )
        return {tuple(key): id_ for *key, id_ in self.env.cr.fetchall()}

    def _take_known(self, batch, items):
        """Add what another row tells of the same mail."""
        changes = []
        for item in items:
            item.outcome, item.rollback_action = "matched", "keep"
            record = batch.model.browse(item.res_id)
            if not (after := self._what_is_new(record, item.vals)):
                continue
            before = {name: self._plain(record, name) for name in after}
            record.write(after)
            after = {name: self._plain(record, name) for name in after}
            changes.append((record.id, before, after))
        self.env.flush_all()
        self._write_links(batch, items)
        self._write_journal(batch, changes)

    def _what_is_new(self, record, vals):
        after = {}
        for name, first in (
            ("sent_datetime", min),
            ("open_datetime", min),
            ("links_click_datetime", max),
        ):
            moments = [each for each in (record[name], vals.get(name)) if each]
            if moments and first(moments) != record[name]:
                after[name] = first(moments)
        statuses = (record.trace_status, vals["trace_status"])
        status = max(statuses, key=RANKS.index)
        if status != record.trace_status:
            after["trace_status"] = status
        for name in ("failure_type", "failure_reason"):
            if vals.get(name) and not record[name]:
                after[name] = vals[name]
        return after

    def _values_to_check(self, batch, item):
        values = super()._values_to_check(batch, item)
        # Of several rows about one mail, the others add to what the first told.
        record = batch.model.browse(item.res_id)
        return {n: v for n, v in values.items() if n not in self._adds(record, values)}

    def _adds(self, record, values):
        """Return the fields in which other rows may have said more than this one."""
        more = set()
        if values.get("trace_status") in RANKS and record.trace_status in RANKS:
            if RANKS.index(record.trace_status) > RANKS.index(values["trace_status"]):
                more.add("trace_status")
        return more

    def _compare_more(self, batch, item, record):
        """What a row told must stand on the mail that it shares with others."""
        yield from super()._compare_more(batch, item, record)
        if item.mapped["outcome"] == "matched":
            self._prepare(batch, item)
            new = self._what_is_new(record, item.vals)
            for name in item.vals:
                if name in new:
                    yield name, new[name], record[name]
