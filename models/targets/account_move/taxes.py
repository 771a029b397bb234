"""Taxes by their rate: those that the company has, else one that is created."""

from decimal import Decimal

from odoo import models
from odoo.fields import Command

from .documents import PURCHASES, as_decimal, find_rate
from .setup import TAX, TAX_GROUP

RATE, INCLUDED, AMOUNT, SUBTOTAL = "@tax", "@tax_included", "@tax_amount", "@subtotal"
LINE_PLACES = frozenset({RATE, INCLUDED, AMOUNT, SUBTOTAL})
LINES = "invoice_line_ids"


class CrmMigrationTargetAccountMoveTaxes(models.AbstractModel):
    """A source knows percentages, Odoo taxes with accounts and a country.

    Among the company's taxes on sales only those count that are nothing but this
    percentage: no reverse charge, no tax on other taxes. The company's default comes
    first. What is created has no report tags: which box of a tax report it belongs to is
    for an accountant to say.
    """

    _name = "crm.migration.target.account.move.taxes"
    _description = "Migration: Taxes of Invoices"

    def _collect_taxes(self, batch):
        """Find, for each kind of document, the tax of each percentage."""
        batch.cache["taxes"] = {
            kind: self._find_taxes(batch.job.company_id, kind)
            for kind in ("sale", "purchase")
        }

    def _find_taxes(self, company, kind):
        """Return (percentage, is it within the price) → id of the tax."""
        Tax = self.env[TAX]
        default = (
            company.account_sale_tax_id
            if kind == "sale"
            else company.account_purchase_tax_id
        )
        taxes = Tax.search(
            [
                *Tax._check_company_domain(company),
                ("type_tax_use", "=", kind),
                ("amount_type", "=", "percent"),
            ]
        )
        found = {}
        for tax in taxes.sorted(lambda tax: tax != default):
            if self._is_plain(tax):
                key = (as_decimal(tax.amount).normalize(), bool(tax.price_include))
                found.setdefault(key, tax.id)
        return found

    def _is_plain(self, tax):
        """Tell whether a tax is what its percentage says, and nothing else."""
        lines = tax.invoice_repartition_line_ids.filtered(
            lambda line: line.repartition_type == "tax"
        )
        return (
            len(lines) == 1
            and lines.factor_percent == 100
            and not tax.include_base_amount
            and tax.tax_exigibility == "on_invoice"
        )

    def _kind_of(self, move_type):
        return "purchase" if move_type in PURCHASES else "sale"

    def _get_tax_ids(self, batch, kind, rate, included):
        """Return the ids for a line, None where there is no such tax."""
        if not rate:
            found = batch.cache["taxes"][kind].get((Decimal(0), included))
            return [found] if found else []
        found = batch.cache["taxes"][kind].get((rate.normalize(), included))
        return [found] if found else None

    def _known_rates(self, batch, kind):
        return [rate for rate, included in batch.cache["taxes"][kind] if not included]

    def _rate_of(self, batch, kind, places, net, decimals):
        """Return the percentage that a line names, or that its amount of tax shows.

        :param places: targets of a line that are no field
        :param decimals: digits of the currency
        """
        if places.get(RATE) not in (None, ""):
            return as_decimal(places[RATE])
        tax = as_decimal(places.get(AMOUNT))
        if tax is None or net is None:
            return Decimal(0)
        return find_rate(net, tax, decimals, self._known_rates(batch, kind))

    # -- what is missing -----------------------------------------------------------

    def _create_missing_taxes(self, batch):
        for kind, rate, included in sorted(self._find_missing(batch)):
            tax = self._create_tax(batch, kind, rate, included)
            batch.cache["taxes"][kind][rate.normalize(), included] = tax.id

    def _find_missing(self, batch):
        """Return (kind, percentage, included) of what lines of the batch name."""
        missing = set()
        for item in batch.items:
            if item.outcome not in (None, "update"):
                continue
            kind = self._kind_of(item.targets.get("move_type"))
            for key in self._get_rates(batch, item, kind):
                if key not in batch.cache["taxes"][kind] and 0 < key[0] <= 100:
                    missing.add((kind, *key))
        return missing

    def _get_rates(self, batch, item, kind):
        rates = set()
        for row in self._get_rows(batch, item):
            net = self._net_of(row)
            digits = self._digits_of(batch, item)
            rate = self._rate_of(batch, kind, row, net, digits)
            if rate:
                rates.add((rate.normalize(), bool(row.get(INCLUDED))))
        return rates

    def _create_tax(self, batch, kind, rate, included):
        company = batch.job.company_id
        label = f"{rate.normalize():f}%"
        default = (
            company.account_sale_tax_id
            if kind == "sale"
            else company.account_purchase_tax_id
        )
        group = self._get_tax_group(batch, company, label)
        tax = self.env[TAX].create(
            {
                "name": self._get_free_name(company, kind, label),
                "invoice_label": label,
                "amount_type": "percent",
                "amount": float(rate),
                "type_tax_use": kind,
                "company_id": company.id,
                "tax_group_id": group.id,
                "price_include_override": "tax_included"
                if included
                else "tax_excluded",
                "country_id": company.account_fiscal_country_id.id
                or company.country_id.id,
                **self._copy_accounts(default),
            }
        )
        self._note_made(batch, tax)
        return tax

    def _get_free_name(self, company, kind, label):
        Tax = self.env[TAX].with_context(active_test=False)
        domain = [*Tax._check_company_domain(company), ("type_tax_use", "=", kind)]
        taken = set(Tax.search(domain).mapped("name"))
        names = (label, self.env._("%(rate)s (migrated)", rate=label))
        free = next((name for name in names if name not in taken), None)
        return free or f"{names[1]} {len(taken)}"

    def _get_tax_group(self, batch, company, label):
        Group = self.env[TAX_GROUP]
        name = self.env._("Tax %(rate)s", rate=label)
        country = company.account_fiscal_country_id or company.country_id
        found = Group.search(
            [
                *Group._check_company_domain(company),
                ("name", "=", name),
                ("country_id", "in", (country.id, False)),
            ],
            limit=1,
        )
        if not found:
            found = Group.create(
                {"name": name, "company_id": company.id, "country_id": country.id}
            )
            self._note_made(batch, found)
        return found

    def _copy_accounts(self, default):
        """Return repartition lines that book to the account of the company's own tax."""
        account = default.invoice_repartition_line_ids.filtered(
            lambda line: line.repartition_type == "tax"
        ).account_id[:1]
        lines = [
            Command.create({"repartition_type": "base"}),
            Command.create(
                {
                    "repartition_type": "tax",
                    "factor_percent": 100,
                    "account_id": account.id,
                }
            ),
        ]
        return {
            "invoice_repartition_line_ids": lines,
            "refund_repartition_line_ids": [Command.create(dict(c[2])) for c in lines],
        }
