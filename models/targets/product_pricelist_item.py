"""Prices of products, each on a price list."""

from odoo import models


class CrmMigrationTargetProductPricelistItem(models.AbstractModel):
    """A price of a product on a list; without the list it is none."""

    _name = "crm.migration.target.product.pricelist.item"
    _description = "Migration Target: Prices"
    _inherit = ["crm.migration.target"]
    _model, _app = "product.pricelist.item", "product"
    _needed = frozenset({"pricelist_id", "product_tmpl_id"})

    def _derive_amounts(self, batch, item):
        """A price is in the currency of its list."""

    def _complete(self, batch, item):
        super()._complete(batch, item)
        item.vals.setdefault("applied_on", "1_product")
        item.vals.setdefault("display_applied_on", "1_product")
        item.vals.setdefault("min_quantity", 0)
