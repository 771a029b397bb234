"""The amount of a deal, in the currency of the company."""

from datetime import datetime

from markupsafe import Markup

from odoo import models


class CrmMigrationLoaderCrmLead(models.AbstractModel):
    _inherit = "crm.migration.loader.crm.lead"

    def _derive_amount(self, batch, item):
        """Give the amount in the company's currency, and keep the original beside it."""
        currency = self._currency(batch, item)
        own = batch.job.company_id.currency_id
        amount = item.vals.get("expected_revenue")
        if not amount or not currency or currency == own:
            return
        if not currency.rate_ids:
            item.report("no_rate", field="expected_revenue", currency=currency.name)
        else:
            created, changed, _author, _editor = self._origin(batch, item)
            at = item.vals.get("date_closed") or created or changed or datetime.now()
            item.vals["expected_revenue"] = currency._convert(
                amount, own, batch.job.company_id, at
            )
        item.notes.append(
            Markup("<p><b>%s</b>: %s %s</p>")
            % (
                batch.model._fields["expected_revenue"].string,
                f"{amount:.{currency.decimal_places}f}",
                currency.name,
            )
        )

    def _currency(self, batch, item):
        value = item.targets.get("@currency")
        if isinstance(value, dict):
            found = self._look_up(batch, item, "@currency", value)
            value = None
            if isinstance(found, tuple) and found[0] == "res.currency":
                return self.env["res.currency"].browse(found[1])
            if isinstance(found, str):
                value = found
        if value:
            known = batch.once("currencies", lambda: self._currencies())
            return known.get(str(value).strip().upper()) or batch.job.currency_id
        return batch.job.currency_id

    def _currencies(self):
        Currency = self.env["res.currency"].with_context(active_test=False)
        return {currency.name: currency for currency in Currency.search([])}
