"""Products; without the app Products they are not loaded."""

from odoo import models
from odoo.tools import SQL


class CrmMigrationTargetProductTemplate(models.AbstractModel):
    """Load products with one variant each.

    The cost is one of the company's. Of two products of one barcode the first keeps it:
    Odoo takes it only once, also where it is a packaging's (19.0).
    """

    _name = "crm.migration.target.product.template"
    _description = "Migration Target: Products"
    _inherit = ["crm.migration.target"]
    _model, _app = "product.template", "product"
    _places = ("@currency",)
    _form = "product.product_template_form_view"
    _own_rows = ("product.product",)
    _own_relations = (("product.product", "product_tmpl_id"),)
    # Its place in the shop, behind all others, and since when it is there.
    _own_life = frozenset({"website_sequence", "publish_date"})

    def _derive(self, batch, item):
        barcode = item.vals.get("barcode")
        if not barcode:
            return
        known = batch.once("barcodes", lambda: self._find_barcodes(batch))
        owner = known.setdefault(barcode, (item.key, item.vals.get("name")))
        if owner[0] == item.key or (item.res_id and owner[0] == item.res_id):
            return
        del item.vals["barcode"]
        self._keep_in_notes(batch, item, "barcode", barcode)
        item.report("barcode_taken", field="barcode", value=barcode, other=owner[1])

    def _find_barcodes(self, batch):
        """Return barcode → (id of its product, its name) of those that Odoo has."""
        barcodes = [
            str(item.targets["barcode"]).strip()
            for item in batch.items
            if item.targets.get("barcode")
        ]
        rows = self.env.execute_query(
            SQL(
                """
                SELECT product.barcode, template.id
                  FROM product_product AS product
                  JOIN product_template AS template ON template.id = product.product_tmpl_id
                 WHERE product.barcode = ANY(%s) AND %s ORDER BY product.id DESC
                """,
                barcodes,
                self._get_rivals(batch),
            )
        )
        found = {
            barcode: (res_id, batch.model.browse(res_id).display_name)
            for barcode, res_id in rows
        }
        if "product.uom" in self.env:  # packagings
            packagings = self.env["product.uom"].search([("barcode", "in", barcodes)])
            if company_id := self._get_company_id(batch):
                packagings = packagings.filtered(
                    lambda unit: unit.company_id.id in (False, company_id)
                )
            for each in packagings:
                found.setdefault(each.barcode, (False, each.product_id.display_name))
        return found

    def _get_rivals(self, batch):
        """Return which products may not share a barcode with ours: other companies' may."""
        company_id = self._get_company_id(batch)
        if not company_id:
            return SQL("TRUE")
        return SQL(
            "(template.company_id IS NULL OR template.company_id = %s)", company_id
        )

    def _complete(self, batch, item):
        super()._complete(batch, item)
        item.vals.setdefault("company_id", self._get_company_id(batch))
        item.vals.setdefault("sale_ok", True)

    def _get_company_id(self, batch):
        """Return nobody where there is one company, as in Odoo's own form; else ours.

        The price of a product of all companies is in the currency of the first of them,
        and each of them sees it with taxes of its own (product, account, 19.0).
        """
        return batch.once(
            "several companies",
            lambda: (
                len(self.env["res.company"].search([], limit=2)) > 1
                and batch.job.company_id.id
            ),
        )

    def _create_records(self, batch, items):
        """Archive afterwards: an archived product has no variant that could be filled."""
        specs = [{**item.vals, "active": True} for item in items]
        records = batch.model.create(specs)
        archived = [
            record.id
            for record, item in zip(records, items, strict=True)
            if item.vals.get("active") is False
        ]
        if archived:
            batch.model.browse(archived).write({"active": False})
        return records.ids

    def _unlink(self, records):
        """Take along what a cost was from when on: without its product it is of nothing.

        Odoo leaves it there (``stock_account``, 19.0).
        """
        if "product.value" not in self.env:
            return super()._unlink(records)
        variants = records.with_context(active_test=False).product_variant_ids
        costs = self.env["product.value"].search([("product_id", "in", variants.ids)])
        super()._unlink(records)
        costs.unlink()
        return None

    def _find_other(self, batch, res_id, model):
        if model != "product.product":
            return False
        return batch.once("variants", lambda: self._find_variants(batch)).get(res_id)

    def _find_variants(self, batch):
        """Return product → its variant, the active one first, of all in a batch."""
        ids = [i for model, i in batch.links.values() if model == "product.template"]
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT ON (product_tmpl_id) product_tmpl_id, id
                      FROM product_product WHERE product_tmpl_id = ANY(%s)
                     ORDER BY product_tmpl_id, active DESC, id
                    """,
                    ids,
                )
            )
        )
