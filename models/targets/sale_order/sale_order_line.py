"""Lines that come as records of their own: a file of them, beside that of the orders."""

from odoo import models

from .lines import LINES, RATE


class CrmMigrationTargetSaleOrderLine(models.AbstractModel):
    """Worked out as a line within its quotation is; without the quotation it is none."""

    _name = "crm.migration.target.sale.order.line"
    _description = "Migration Target: Lines of Quotations"
    _inherit = ["crm.migration.target.sale.order.lines", "crm.migration.target"]
    _model, _app = "sale.order.line", "sale_management"
    _rates = f'$."{RATE}"'
    _needed = frozenset({"order_id"})

    def _derive(self, batch, item):
        beside = {n: v for n, v in item.targets.items() if n.startswith("@")}
        item.vals |= self._complete_row(batch, item, LINES, {**beside, **item.vals})
        for name in [name for name in item.vals if name.startswith("@")]:
            del item.vals[name]

    def _get_rows(self, item):
        return [item.targets]

    def _find_currency(self, batch, item):
        order = self.env["sale.order"].browse(item.vals.get("order_id") or False)
        return order.currency_id or batch.job.company_id.currency_id
