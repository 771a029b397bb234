"""Categories of products, each within the one above it."""

from odoo import models

from .lookup_list import fold_name

SEPARATOR = " / "


class CrmMigrationTargetProductCategory(models.AbstractModel):
    """Found by name among those of the same parent; ``Tools / Saws`` names both."""

    _name = "crm.migration.target.product.category"
    _archivable = False
    _description = "Migration Target: Product Categories"
    _inherit = ["crm.migration.target.lookup.list"]
    _model, _app = "product.category", "product"
    _own_relations = (("product.category", "child_id"),)

    def _entry_key(self, vals):
        return (fold_name(vals.get("name")), vals.get("parent_id") or False)

    def _record_keys(self, record):
        return [(fold_name(record.name), record.parent_id.id or False)]

    def _find_or_create_here(self, job, model_name, labels):
        """Return label → id: a path is followed from above, what is missing is made."""
        model, created, found = self.env[model_name], [], {}
        known = self._known_entries(model, job)
        whole = {
            fold_name(each.complete_name): each.id
            # All of a list that people read; pylint: disable-next=no-search-all
            for each in model.search([], order="id desc")
        }
        for label in labels:
            if there := whole.get(fold_name(label)):
                found[label] = there
                continue
            parent = False
            for name in filter(None, map(str.strip, label.split(SEPARATOR.strip()))):
                key = self._entry_key({"name": name, "parent_id": parent})
                ids = self._find_entries(known, key)
                if not ids:
                    ids = [model.create({"name": name, "parent_id": parent}).id]
                    known[key] = {ids[0]: True}
                    created.append(ids[0])
                parent = ids[0]
            found[label] = parent
        self.env.flush_all()
        return found, created
