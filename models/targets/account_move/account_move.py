"""Invoices and credit notes: drafts with the source's own lines, numbers, dates and totals."""

from odoo import api, models

from ...loading.batch import Refused
from ...odoo.muting import mute
from .documents import TYPES


class CrmMigrationTargetAccountMove(models.AbstractModel):
    """A document is created as a draft and brought into its state when all is in place.

    It is posted only with the number, the dates and the totals that the source has; what
    stands in the way is told, and the draft stays. Its targets beside the fields:
    ``@state`` (draft, posted or cancel), ``@amount_untaxed``, ``@amount_tax`` and
    ``@amount_total``; of a line ``@tax`` (percent), ``@tax_amount``, ``@tax_included`` and
    ``@subtotal`` (net amount).
    """

    _name = "crm.migration.target.account.move"
    _description = "Migration Target: Invoices and Credit Notes"
    _inherit = [
        "crm.migration.target.account.move.foresight",
        "crm.migration.target.account.move.ready",
        "crm.migration.target.account.move.setup",
        "crm.migration.target.account.move.lines",
        "crm.migration.target.account.move.taxes",
        "crm.migration.target.account.move.totals",
        "crm.migration.target.account.move.payments",
        "crm.migration.target.account.move.settling",
        "crm.migration.target.account.move.taking.back",
        "crm.migration.target",
    ]
    _model, _app = "account.move", "account"
    _places = (
        "@currency",
        "@rate",
        "@rate_currency",
        "@amount_untaxed",
        "@amount_tax",
        "@amount_total",
        "@paid",
        "@residual",
        "@paid_at",
    )
    _chunk = 100
    _form = "account.view_move_form"
    _settles = True
    _notes_in_chatter = True
    _own_rows = ("account.move.line",)
    _counted_tables = (
        *("account_move", "account_move_line", "account_partial_reconcile"),
        "account_payment",
    )
    # A credit note is not set off against its invoice: that is a payment, and the
    # accountant's to decide.
    _muted = {"_reconcile_reversed_moves": None}
    # What posting, paying and reconciling work out, from values that are compared.
    _own_life = frozenset(
        {
            *("state", "posted_before", "payment_state", "status_in_payment"),
            *("made_sequence_gap", "sequence_prefix", "sequence_number", "checked"),
            *("amount_residual", "amount_residual_signed", "access_token"),
            *("secure_sequence_number", "inalterable_hash", "sending_data"),
            # Of a document without a customer it names who created it.
            "invoice_partner_display_name",
        }
    )

    def _register_hook(self):
        super()._register_hook()
        if self._model in self.env:
            # Posting counts the invoices of a customer, beyond our transaction even.
            mute(self.env.registry["res.partner"], "_increase_rank")

    def _without_side_effects(self, job):
        """Nobody has edited by hand what we write."""
        return (
            super()
            ._without_side_effects(job)
            .with_context(skip_is_manually_modified=True)
        )

    def _give_name(self, batch, item):
        """A document without a number has none: a draft needs no name."""

    @api.model
    def _get_obstacle(self, job):
        company = job.company_id
        if self._has_chart(company):
            return ""
        return self.env._(
            "Needs a chart of accounts for %(company)s. Choose a fiscal localization "
            "(Invoicing, Configuration, Settings), then discover again.",
            company=company.name,
        )

    def _create_in_generations(self, batch, items):
        """Have journals and taxes ready before a savepoint could take them back."""
        self._set_up(batch)
        super()._create_in_generations(batch, items)
        self._drop_unused(batch)

    def _derive(self, batch, item):
        self._derive_type(batch, item)
        self._derive_currency(batch, item)
        self._derive_dates(batch, item)
        self._derive_lines(batch, item)
        self._note_paid(batch, item)

    def _derive_type(self, batch, item):
        kind = item.vals.setdefault("move_type", "out_invoice")
        if kind not in TYPES:
            raise Refused("not_a_choice", "move_type", kind)

    def _derive_currency(self, batch, item):
        """Give the currency and its rate; of the company's own there is none.

        The rate of the source counts, else Odoo's of a day not after the document's.
        """
        currency, text = self._currency(batch, item)
        if not currency:
            raise Refused("invoice_currency", "@currency", text)
        item.vals["currency_id"] = currency.id
        own = batch.job.company_id.currency_id
        given = self._given_rate(item, own) if currency != own else None
        if not given and item.targets.get("@rate"):
            self._note_rate(batch, item)
        if currency == own:
            return
        day = item.vals.get("invoice_date")
        if rate := given or self._rate_on(batch, currency, own, day):
            item.vals["invoice_currency_rate"] = 1 / rate

    def _note_rate(self, batch, item):
        """Note a rate that leads to another currency than that of the company."""
        for target in ("@rate", "@rate_currency"):
            if value := item.targets.get(target):
                self._keep_in_notes(batch, item, target, value)

    def _rate_on(self, batch, currency, own, day):
        """Return Odoo's rate of a day; where there is none yet Odoo takes the oldest."""
        if not day:
            return None
        first = batch.once(
            ("first rate", currency),
            lambda: min(
                (
                    rate.name
                    for rate in currency.rate_ids
                    if rate.company_id
                    in (batch.job.company_id.root_id, self.env["res.company"])
                ),
                default=None,
            ),
        )
        if first is None or first > day:
            return None
        return batch.once(
            ("rate", currency, day),
            lambda: currency._get_conversion_rate(
                currency, own, batch.job.company_id, day
            ),
        )

    def _derive_dates(self, batch, item):
        """Give all three dates: Odoo replaces what it is not given, on posting."""
        vals = item.vals
        if day := vals.get("invoice_date"):
            vals.setdefault("date", day)
            if not vals.get("invoice_date_due"):
                vals["invoice_date_due"] = day
        # A term of the customer would replace the due date.
        vals["invoice_payment_term_id"] = False

    def _complete(self, batch, item):
        super()._complete(batch, item)
        vals = item.vals
        vals["journal_id"] = self._get_journal_id(batch, vals["move_type"])
        for name in ("fiscal_position_id", "partner_id", "invoice_user_id"):
            vals.setdefault(name, False)
        if not vals.get("date") and vals.get("invoice_date"):
            vals["date"] = vals["invoice_date"]

    def _after_create(self, batch, items):
        super()._after_create(batch, items)
        self._adjust_taxes(batch, items)
        self._note_other_totals(batch, items)
        self._own_setup(batch, items)

    def _values_by_load(self, batch, item):
        """A journal that was chosen among those of the migration is right."""
        values = super()._values_by_load(batch, item)
        there = batch.model.browse(item.res_id).journal_id.id
        if there in self._get_journal_ids(batch):
            values["journal_id"] = there
        return values

    def _compare_more(self, batch, item, record):
        yield from super()._compare_more(batch, item, record)
        if item.mapped["outcome"] != "created":
            return
        yield from self._compare_state(batch, item, record)
        yield from self._compare_payments(batch, item, record)

    def _write_record(self, batch, record, vals):
        """A posted document is changed as a draft; settling posts it again."""
        if record.state != "draft" and set(vals) - {"ref", "narration"}:
            record.button_draft()
        super()._write_record(batch, record, vals)
