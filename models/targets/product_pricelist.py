"""Price lists: their prices are records of their own."""

from odoo import models

LAST = 1000
"""Behind all that a company has: the first list is the one of every new quotation."""


class CrmMigrationTargetProductPricelist(models.AbstractModel):
    """A list stands behind those that are there already.

    Odoo takes the first one for whomever has none (``_get_partner_pricelist_multi``,
    19.0): a list of the source in front would change the prices of everybody.
    """

    _name = "crm.migration.target.product.pricelist"
    _description = "Migration Target: Price Lists"
    _inherit = ["crm.migration.target"]
    _model, _app = "product.pricelist", "product"
    _places = ("@currency",)
    _own_rows = ("product.pricelist.item",)
    _notes_in_chatter = True

    def _derive(self, batch, item):
        """Prices stay in the currency of the list, whatever the company's is."""
        currency, text = self._currency(batch, item)
        if currency:
            item.vals["currency_id"] = currency.id
        elif item.targets.get("@currency"):
            item.report("list_without_currency", field="@currency", value=text)
            self._keep_in_notes(batch, item, "@currency", text)

    def _complete(self, batch, item):
        super()._complete(batch, item)
        item.vals.setdefault("currency_id", batch.job.company_id.currency_id.id)
        item.vals.setdefault("company_id", batch.job.company_id.id)
        item.vals.setdefault("sequence", LAST)
