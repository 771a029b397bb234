"""What stands in the way of a document's final state: each reason has a name."""

from odoo import models

from ...loading.batch import Refused
from .documents import CANCELLED, DRAFT, POSTED, STATES
from .totals import TOTALS


class CrmMigrationTargetAccountMoveReady(models.AbstractModel):
    """Asked before posting, and by the verification: a draft with a reason is no mistake."""

    _name = "crm.migration.target.account.move.ready"
    _description = "Migration: Readiness of Invoices"

    def _wanted_state(self, batch, item):
        """Return draft, posted or cancel; without a word about it a draft."""
        value = item.targets.get("@state")
        if isinstance(value, dict):
            value = self._look_up(batch, item, "@state", value)
        return STATES.get(str(value or "draft").strip().casefold())

    def _is_proforma(self, item):
        return str(item.targets.get("@state") or "").casefold() == "proforma"

    def _why_not(self, batch, item, move):
        """Return ``Refused`` where a document must stay a draft, None where it need not."""
        wanted = self._wanted_state(batch, item)
        if self._find_differences(batch, item, move):
            words = self._format_totals(batch, item, move)
            return Refused("invoice_totals", "amount_total", **words)
        if wanted is None:
            value = self._as_text(item.targets.get("@state"))
            return Refused("invoice_state", "@state", value)
        if self._is_proforma(item):
            return Refused("invoice_proforma", "@state")
        if wanted == POSTED:
            return self._why_not_posted(batch, item, move)
        return None

    def _why_not_posted(self, batch, item, move):
        expected = self._expected_totals(batch, item)
        if all(expected[name] is None for name in TOTALS):
            return Refused("invoice_no_total", "amount_total")
        if not move.partner_id:
            return Refused("invoice_partner", "partner_id")
        if not move.invoice_line_ids:
            return Refused("invoice_lines", "invoice_line_ids")
        if not item.vals.get("name"):
            return Refused("invoice_number", "name")
        if not item.vals.get("invoice_date"):
            return Refused("invoice_date", "invoice_date")
        if other := self._get_taken(batch).get(move.id):
            return Refused("invoice_number_taken", "name", move.name, other=other)
        return self._why_not_in_odoo(batch, item, move)

    def _why_not_in_odoo(self, batch, item, move):
        currency, own = move.currency_id, move.company_id.currency_id
        if not currency.active:
            return Refused("invoice_currency_inactive", "currency_id", currency.name)
        if currency != own and not item.vals.get("invoice_currency_rate"):
            names = {"currency": currency.name, "own": own.name}
            day = str(move.invoice_date)
            return Refused("invoice_rate", "currency_id", day, **names)
        if move.state == POSTED:
            return None
        locks = move._get_violated_lock_dates(move.date, move._affect_tax_report())
        if locks:
            names = self.env["res.company"]._format_lock_dates(locks)
            return Refused("invoice_locked", "date", str(move.date), locks=names)
        return None

    def _get_taken(self, batch):
        """Return id → name of documents whose number an earlier one of the journal has."""
        return batch.once("taken", lambda: self._fetch_taken(batch))

    def _fetch_taken(self, batch):
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT own.id, other.id
              FROM account_move AS own
              JOIN account_move AS other
                ON other.journal_id = own.journal_id AND other.name = own.name
               AND other.id <> own.id
             WHERE own.id = ANY(%s) AND own.state <> 'posted'
               AND own.name <> '/' AND (other.state = 'posted' OR other.id < own.id)
            """,
            [[item.res_id for item in batch.items if item.res_id]],
        )
        found = dict(self.env.cr.fetchall())
        named = {m.id: m for m in batch.model.browse(found.values())}
        return {
            own: named[other].partner_id.display_name or str(other)
            for own, other in found.items()
        }

    def _compare_state(self, batch, item, record):
        """Yield state and totals; what a message has told of a draft is no difference."""
        why = self._why_not(batch, item, record) if record.state == DRAFT else None
        if why and why.code == "invoice_totals":
            self._note_totals(batch, item)
        if why is None or why.code != "invoice_totals":
            digits = record.currency_id.decimal_places
            for name, wanted in self._expected_totals(batch, item).items():
                if wanted is not None:
                    found = self._amount_in_odoo(record, name)
                    yield name, f"{wanted:.{digits}f}", f"{found:.{digits}f}"
        if why is None and self._is_settled(item):
            wanted = self._wanted_state(batch, item)
            if wanted in (DRAFT, POSTED, CANCELLED):
                yield "state", wanted, record.state

    def _is_settled(self, item):
        return bool(item.row.get("settled_at"))
