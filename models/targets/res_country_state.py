"""States, each in its country."""

import re

from odoo import models

from .lookup_list import COUNTRY, fold_name


class CrmMigrationTargetResCountryState(models.AbstractModel):
    """States that Odoo lacks, created in their country: the one that the row or the
    context names, else the country of the migration.

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
        country = job.country_id or job.company_id.country_id
        return {"country_id": self.env.context.get(COUNTRY, country.id)}

    def _complete(self, batch, item):
        """Give what comes without one a code that no other of its country has."""
        super()._complete(batch, item)
        country_id = item.vals["country_id"]
        if not country_id or item.vals.get("code") or not item.vals.get("name"):
            return
        codes = batch.once(("codes", country_id), lambda: self._fetch_codes(country_id))
        code = codes.get(item.key)
        if not code:
            code = self._choose_code(item.vals["name"], set(codes.values()))
            codes[item.key] = code
        item.vals["code"] = code

    def _values_by_load(self, batch, item):
        """Return the values with the code that was chosen among the others then."""
        if not item.vals.get("code"):
            code = batch.model.browse(item.res_id).code
            return super()._values_by_load(batch, item) | {"code": code}
        return super()._values_by_load(batch, item)

    def _before_create(self, vals):
        taken = set(self._fetch_codes(vals["country_id"]).values())
        return {**vals, "code": self._choose_code(vals["name"], taken)}

    def _fetch_codes(self, country_id):
        """Return id → code of the states of a country."""
        states = self.env["res.country"].browse(country_id).state_ids
        return {state.id: state.code for state in states}

    def _choose_code(self, name, taken):
        """Return the name itself where it looks like a code, else its initials."""
        name = name.strip()
        short = re.fullmatch(r"[A-Za-z0-9]{1,4}", name)
        initials = "".join(word[0] for word in re.findall(r"\w+", name))[:3]
        base = (name if short else initials).upper() or "X"
        code, number = base, 1
        while code in taken:
            number += 1
            code = f"{base}{number}"
        return code
