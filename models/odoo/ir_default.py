"""Default values are looked through only where there may be any of the model."""

from odoo import models

from .silence import is_silent


class IrDefault(models.Model):
    _inherit = "ir.default"

    def discard_records(self, records):
        """Ask first whether any default names a record of the model at all.

        Odoo asks for thousands of deleted records by name, whether there is any or not.
        """
        domain = [
            ("field_id.ttype", "=", "many2one"),
            ("field_id.relation", "=", records._name),
        ]
        if is_silent(self.env) and not self.search_count(domain, limit=1):
            return True
        return super().discard_records(records)
