"""States, each in its country."""

import re

from odoo import models

from .lookup_list import COUNTRY, fold_name


class CrmMigrationTargetResCountryState(models.AbstractModel):
    """States that Odoo lacks, created in the country that the context names.

    Odoo wants a code of its own within the country (``res.country.state``, 19.0).
    """

    _name = "crm.migration.target.res.country.state"
    _description = "Migration Target: States"
    _inherit = ["crm.migration.target.lookup.list"]
    _model = "res.country.state"

    def _entry_key(self, vals):
        return (fold_name(vals.get("name")), vals.get("country_id") or False)

    def _record_keys(self, record):
        names = dict.fromkeys(map(fold_name, (record.name, record.code)))
        return [(name, record.country_id.id) for name in names]

    def _entry_defaults(self, job):
        return {"country_id": self.env.context[COUNTRY]}

    def _before_create(self, vals):
        """Give a code: the name itself where it looks like one, else its initials."""
        country = self.env["res.country"].browse(vals["country_id"])
        taken = set(country.state_ids.mapped("code"))
        name = vals["name"].strip()
        short = re.fullmatch(r"[A-Za-z0-9]{1,4}", name)
        initials = "".join(word[0] for word in re.findall(r"\w+", name))[:3]
        base = (name if short else initials).upper() or "X"
        code, number = base, 1
        while code in taken:
            number += 1
            code = f"{base}{number}"
        return {**vals, "code": code}
