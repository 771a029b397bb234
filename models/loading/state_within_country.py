"""A state lies in the country of its record; it never says which country that is."""

from odoo import models

STATE, COUNTRY = "state_id", "country_id"


class CrmMigrationLoadingStates(models.AbstractModel):
    _name = "crm.migration.loading.states"
    _description = "Migration: Loading Places"

    def _derive_place(self, batch, item):
        """Keep a state only within its country; alone it brings its country along.

        Whoever chose the state of a record without a country knew that there is none.
        A country that the record names, and Odoo does not know, stays open.
        """
        vals = item.vals
        fields = batch.model._fields
        if not vals.get(STATE) or not {STATE, COUNTRY} <= set(fields):
            return
        if fields[STATE].comodel_name != "res.country.state":
            return
        state = self.env["res.country.state"].browse(vals[STATE])
        if vals.get(COUNTRY) == state.country_id.id:
            return
        if not vals.get(COUNTRY) and not item.targets.get(COUNTRY):
            vals[COUNTRY] = state.country_id.id
            return
        item.report(
            "state_elsewhere",
            field=STATE,
            value=state.name,
            country=state.country_id.name,
        )
        self._keep_in_notes(batch, item, STATE, state.name)
        vals[STATE] = False
