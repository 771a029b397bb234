"""Taxes by their rate: those that the company has, else one that is created."""

from decimal import Decimal

from odoo import models
from odoo.fields import Command
from odoo.tools import SQL

from .decimals import as_decimal, find_rate

TAX, TAX_GROUP = "account.tax", "account.tax.group"
SALE, PURCHASE = "sale", "purchase"
MAX_NAMED = 10


class CrmMigrationLoadingTaxes(models.AbstractModel):
    """A source knows percentages, Odoo taxes with accounts and a country.

    Among the company's taxes only those count that are nothing but this percentage: no
    reverse charge, no tax on other taxes. The company's default comes first, then the
    first of its list, as where Odoo reads an electronic invoice. What is created has no
    report tags: which box of a tax report it belongs to is for an accountant to say.
    Without a chart of accounts none is created: there is nothing to post it to.
    """

    _name = "crm.migration.loading.taxes"
    _description = "Migration: Loading Taxes"
    _inherit = ["crm.migration.loading.made.along"]
    _made_models = (TAX, TAX_GROUP)
    _made_by = ("account.move", "sale.order", "sale.order.line")

    def _get_taxes(self, batch, kind):
        """Return (percentage, is it within the price) → id of the tax, of a batch."""
        return batch.once(
            ("taxes", kind), lambda: self._find_taxes(batch.job.company_id, kind)
        )

    def _find_taxes(self, company, kind):
        """Return the same of a company; ``kind`` is sale or purchase."""
        Tax = self.env[TAX]
        default, home = self._get_default_tax(company, kind), self._get_country(company)
        taxes = Tax.search(
            [
                *Tax._check_company_domain(company),
                ("type_tax_use", "=", kind),
                ("amount_type", "=", "percent"),
            ]
        )
        found = {}
        for tax in taxes.sorted(
            lambda tax: (tax != default, tax.country_id != home, tax.sequence, tax.id)
        ):
            if self._is_plain(tax):
                key = (as_decimal(tax.amount).normalize(), bool(tax.price_include))
                found.setdefault(key, tax.id)
        return found

    def _get_default_tax(self, company, kind):
        name = "account_sale_tax_id" if kind == SALE else "account_purchase_tax_id"
        return company[name]

    def _get_country(self, company):
        return company.account_fiscal_country_id or company.country_id

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

    def _get_tax_ids(self, batch, kind, rate, included):
        """Return the ids for a line, None where there is no such tax."""
        taxes = self._get_taxes(batch, kind)
        if not rate:
            found = taxes.get((Decimal(0), included))
            return [found] if found else []
        found = taxes.get((rate.normalize(), included))
        return [found] if found else None

    def _find_rate(self, batch, kind, given, net, tax, digits):
        """Return the percentage that a line names, or that its amount of tax shows.

        :param given: percentage as the source writes it, None or "" for none
        :param net: exact amount without tax
        :param tax: what the tax came to
        :param digits: those of the currency
        :return: None where no percentage explains the amount
        """
        if given not in (None, ""):
            return as_decimal(given)
        tax = as_decimal(tax)
        if tax is None or net is None:
            return Decimal(0)
        taxes = self._get_taxes(batch, kind)
        known = [rate for rate, included in taxes if not included]
        return find_rate(net, tax, digits, known)

    # -- what is missing -----------------------------------------------------------

    def _has_chart(self, company):
        """Tell whether a company keeps books, by a localization or of its own making."""
        company = company.sudo()
        if company.chart_template:
            return True
        Journal = self.env["account.journal"].sudo()
        domain = [*Journal._check_company_domain(company), ("type", "=", SALE)]
        return bool(Journal.search_count(domain, limit=1))

    def _create_missing_taxes(self, batch, wanted):
        """Create what nobody has, before a savepoint could take it back.

        :param wanted: {(kind, percentage, is it within the price)}
        """
        if not self._has_chart(batch.job.company_id):
            return
        for kind, rate, included in sorted(wanted):
            taxes = self._get_taxes(batch, kind)
            key = (rate.normalize(), included)
            if key not in taxes and 0 < rate <= 100:
                taxes[key] = self._create_tax(batch, kind, rate, included).id

    def _create_tax(self, batch, kind, rate, included):
        company = batch.job.company_id
        label = f"{rate.normalize():f}%"
        tax = self.env[TAX].create(
            {
                "name": self._get_free_name(company, kind, label),
                "invoice_label": label,
                "amount_type": "percent",
                "amount": float(rate),
                "type_tax_use": kind,
                "company_id": company.id,
                "tax_group_id": self._get_tax_group(batch, company, label).id,
                "price_include_override": f"tax_{'in' if included else 'ex'}cluded",
                "country_id": self._get_country(company).id,
                **self._copy_accounts(self._get_default_tax(company, kind)),
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
        country = self._get_country(company)
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

    def _own_taxes(self, batch, item, taxes):
        """Note with a document what was created for it, for a rollback to find."""
        self._own_made(batch, item, taxes)
        self._own_made(batch, item, taxes.tax_group_id)

    def _remove_made(self, made):
        """Remove taxes that nobody uses (any more)."""
        super()._remove_made(made)
        Line = self.env["account.move.line"]
        for tax in self.env[TAX].browse(made.get(TAX, ())).exists():
            own = {"account.tax.repartition.line": tax.repartition_line_ids.ids}
            if not self._is_used(tax, own) and not Line.search_count(
                [("tax_line_id", "=", tax.id)], limit=1
            ):
                tax.unlink()
        for group in self.env[TAX_GROUP].browse(made.get(TAX_GROUP, ())).exists():
            if not self._is_used(group, {}):
                group.unlink()

    # -- beforehand ------------------------------------------------------------------

    def _explain_missing_taxes(self, job, mappings, path):
        """Name the percentages for which the load will create taxes, "" for none.

        :param path: of the percentages in the staged values, as jsonpath
        """
        if not self._has_chart(job.company_id):
            return ""
        rows = self._fetch_staged(
            mappings,
            SQL("DISTINCT jsonb_path_query(v, %s::jsonpath) #>> '{}'", path),
            SQL("TRUE"),
        )
        taxes = self._find_taxes(job.company_id.sudo(), SALE)
        known = {rate for rate, included in taxes if not included}
        wanted = {as_decimal(rate) for (rate,) in rows} - {None, Decimal(0)}
        missing = sorted(rate for rate in wanted if rate.normalize() not in known)
        if not missing:
            return ""
        return self.env._(
            "%(company)s has no tax on sales of %(rates)s: the load creates it, without a "
            "place in tax reports. Create it yourself first where it has one.",
            company=job.company_id.name,
            rates=", ".join(f"{rate.normalize():f} %" for rate in missing[:MAX_NAMED]),
        )
