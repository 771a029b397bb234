"""Taxes by what the source says of them: a rate, or what they came to."""

from odoo import models
from odoo.tools import float_round


class CrmMigrationLoadingTaxes(models.AbstractModel):
    """A tax is found, never made: which accounts it is posted to is for people to say."""

    _name = "crm.migration.loading.taxes"
    _description = "Migration: Loading Taxes"

    def _find_tax(self, batch, rate=None, amount=None, base=0, is_included=False):
        """Return the id of the company's sales tax that a line has, False if there is none.

        Of several of one rate the company's own default comes first, then the first of
        its list, as where Odoo reads an electronic invoice.

        :param rate: percent of the base, as the source writes it
        :param amount: what the tax came to, where the source names no rate
        :param base: untaxed amount of the line
        :param is_included: the prices include it
        """
        for tax_id, percent, included in batch.once(
            "taxes", lambda: self._fetch_taxes(batch)
        ):
            if included != is_included:
                continue
            if rate is not None and abs(percent - rate) < 0.00005:
                return tax_id
            if rate is None and self._comes_to(percent, base, amount):
                return tax_id
        return False

    def _comes_to(self, percent, base, amount):
        """Tell whether a rate makes the amount of the base, to the cent."""
        wanted = float_round(amount, precision_digits=2)
        return float_round(base * percent / 100, precision_digits=2) == wanted

    def _fetch_taxes(self, batch):
        """Return (id, percent, is it included) of sales taxes, the likeliest first."""
        company = batch.job.company_id
        default = company.account_sale_tax_id
        taxes = self.env["account.tax"].search(
            [
                ("type_tax_use", "=", "sale"),
                ("amount_type", "=", "percent"),
                *self.env["account.tax"]._check_company_domain(company),
            ]
        )
        home = company.account_fiscal_country_id
        taxes = taxes.sorted(
            lambda tax: (tax != default, tax.country_id != home, tax.sequence, tax.id)
        )
        return [(tax.id, tax.amount, tax.price_include) for tax in taxes]
