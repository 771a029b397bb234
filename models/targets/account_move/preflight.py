"""What the numbers, dates, currencies and taxes of staged invoices will meet here."""

from odoo import models
from odoo.tools import SQL

from ...words.messages import agreed

LOCKS = ("fiscalyear_lock_date", "tax_lock_date", "sale_lock_date", "hard_lock_date")
RATES = '$.invoice_line_ids[*]."@tax"'
MAX_NAMED = 10


class CrmMigrationTargetAccountMoveForesight(models.AbstractModel):
    """Asked before the load, when the values are staged: nothing is a surprise."""

    _name = "crm.migration.target.account.move.foresight"
    _description = "Migration: Foresight of Invoices"
    _inherit = ["crm.migration.loading.taxes"]

    def _get_checks(self, job):
        mappings = job.mapping_ids.filtered(
            lambda mapping: mapping.selected and mapping.model_name == self._model
        )
        job.env.flush_all()
        return [
            check
            for check in (
                self._check_locks(job, mappings),
                self._check_currencies(job, mappings),
                self._check_rates(job, mappings),
                None if self._asks_for_payments(job) else self._check_paid(mappings),
            )
            if check
        ]

    def _check_locks(self, job, mappings):
        company = job.company_id.sudo()
        locked = max(
            (
                company[name]
                for name in LOCKS
                if name in company._fields and company[name]
            ),
            default=None,
        )
        if not locked:
            return None
        rows = self._fetch_staged(
            mappings, SQL("1"), SQL("v ->> 'invoice_date' <= %s", str(locked))
        )
        if not rows:
            return None
        text = agreed(
            self.env,
            self.env._(
                "%(count)s [[count|invoice is|invoices are]] dated on or before "
                "%(day)s, where the books of %(company)s are locked. Odoo would book "
                "[[count|it|them]] on a later day: [[count|it stays a draft|they stay drafts]] "
                "with number and date. Lift the lock, or make an exception, before the "
                "load; the journal of the migration keeps the numbers as they are.",
                count=len(rows),
                day=str(locked),
                company=company.name,
            ),
            {"count": len(rows)},
        )
        return "target.invoice_locks", "warning", text

    def _check_currencies(self, job, mappings):
        rows = self._fetch_staged(
            mappings,
            SQL("DISTINCT v -> '@currency'"),
            SQL("v -> '@currency' IS NOT NULL"),
        )
        known = job._get_currencies()
        currencies = {job._get_currency(key, known) for (key,) in rows}
        idle = sorted(name for found, name in currencies if found and not found.active)
        if not idle:
            return None
        text = self.env._(
            "Invoices in %(names)s stay drafts: Odoo posts none in a currency that is not "
            "active. Activate it first (Invoicing, Configuration, Currencies).",
            names=", ".join(idle[:MAX_NAMED]),
        )
        return "target.invoice_currencies", "warning", text

    def _check_rates(self, job, mappings):
        text = self._explain_missing_taxes(job, mappings, RATES)
        return text and ("target.invoice_taxes", "warning", text)

    def _check_paid(self, mappings):
        """Say that a paid invoice is open in Odoo: its state follows from payments."""
        rows = self._fetch_staged(
            mappings,
            SQL("1"),
            SQL(
                "(jsonb_typeof(v -> '@paid') = 'number' AND (v ->> '@paid')::numeric > 0"
                # What is still due tells it as well, where nothing else does.
                " OR v -> '@paid' IS NULL AND jsonb_typeof(v -> '@residual') = 'number'"
                " AND jsonb_typeof(v -> '@amount_total') = 'number'"
                " AND abs((v ->> '@residual')::numeric)"
                " < abs((v ->> '@amount_total')::numeric))"
            ),
        )
        if not rows:
            return None
        text = agreed(
            self.env,
            self.env._(
                "%(count)s [[count|invoice was|invoices were]] paid in the source, in full "
                "or in part. Payments are noted and not registered: Odoo shows "
                "[[count|it|them]] as open until you register them.",
                count=len(rows),
            ),
            {"count": len(rows)},
        )
        return "target.invoice_payments", "warning", text
