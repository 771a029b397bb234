"""What a deal takes over from its customer, and only where it says nothing itself."""

from odoo import models

ADDRESS = ("street", "street2", "zip", "city", "state_id", "country_id")


FROM_PARTNER = (
    *("name", "is_company", "parent_id", "company_name", "function", "website"),
    *("email", "phone", "lang"),
)


TAKEN = (
    *("contact_name", "partner_name", "function", "website", "email_from", "phone"),
    *("lang_id", *ADDRESS),
)

REACHED = ("email_from", "phone")


class CrmMigrationTargetCrmLeadCustomer(models.AbstractModel):
    _name = "crm.migration.target.crm.lead.customer"
    _description = "Migration: Target Crm Lead Customer"

    def _prepare_each(self, batch, items):
        self._fetch_customers(batch)
        return super()._prepare_each(batch, items)

    def _fetch_to_complete(self, batch, items):
        self._fetch_customers(batch)

    def _fetch_customers(self, batch):
        """Read all customers at once; each would be a query of its own later."""
        ids = [
            res_id for model, res_id in batch.links.values() if model == "res.partner"
        ]
        partners = self.env["res.partner"].browse(ids)
        partners.fetch([*FROM_PARTNER, *ADDRESS, "write_date"])
        partners.parent_id.fetch(["name", "write_date"])

    def _has_new_basis(self, batch, item, name):
        """Somebody has changed the customer, or the stages, since the deal was loaded.

        A customer may bear the dates of the source: when a later reading changed it, the
        id map knows.
        """
        lead = batch.model.browse(item.res_id)
        if name in ("stage_id", "team_id"):
            basis = batch.once("stages", lambda: self._stages(batch))
        elif name in (*TAKEN, "name"):
            basis = lead.partner_id | lead.partner_id.parent_id
            renewed = batch.once("renewed", lambda: self._find_renewed(batch))
            own = lead.partner_id.is_company and lead.partner_id.name
            if name == "partner_name" and own and lead.partner_name == own:
                return True  # what a company belongs to is linked later, in a circle
            if item.res_id in renewed:
                return True
        else:
            return super()._has_new_basis(batch, item, name)
        loaded = item.row["loaded_at"]
        return any(each.write_date and each.write_date > loaded for each in basis)

    def _find_renewed(self, batch):
        """Return the ids of deals which, or whose customer, a later pass changed.

        They may have had another customer before, and keep what that one brought.
        """
        self.env.cr.execute(
            """
            SELECT map.res_id FROM crm_migration_id_map AS map
              JOIN crm_lead AS lead ON lead.id = map.res_id
              LEFT JOIN res_partner AS customer ON customer.id = lead.partner_id
              LEFT JOIN crm_migration_id_map AS other
                ON other.job_id = map.job_id AND other.res_model = 'res.partner'
               AND other.res_id IN (customer.id, customer.parent_id)
             WHERE map.job_id = %s AND map.res_model = 'crm.lead'
               AND map.res_id = ANY(%s)
               AND (other.changed_run_id > map.changed_run_id
                    OR map.changed_run_id > map.run_id)
            """,
            [batch.job.id, [item.res_id for item in batch.items if item.res_id]],
        )
        return {res_id for (res_id,) in self.env.cr.fetchall()}

    def _complete_from_partner(self, batch, vals):
        """Copy from the customer what Odoo copies, without its computing it one by one.

        What the deal says itself is kept; an address is copied as a whole or not at all.
        """
        partner_id = vals.get("partner_id") or False
        brought = batch.once(
            ("brought", partner_id), lambda: self._get_brought(partner_id)
        )
        own_address = any(vals.get(name) for name in ADDRESS)
        for name, value in brought.items():
            if not vals.get(name):
                vals[name] = False if own_address and name in ADDRESS else value
        vals.setdefault("commercial_partner_id", False)

    def _get_brought(self, partner_id):
        """Return what a customer brings to a deal: nothing where there is none."""
        partner = self.env["res.partner"].browse(partner_id)
        company = partner.parent_id.name or (partner.name if partner.is_company else "")
        lang = partner.lang and self.env["res.lang"]._get_data(code=partner.lang).id
        return {
            "contact_name": not partner.is_company and partner.name or False,
            "partner_name": company or partner.company_name or False,
            "function": partner.function or False,
            "website": partner.website or False,
            "email_from": partner.email or False,
            "phone": partner.phone or False,
            "lang_id": lang or False,
            **{name: getattr(partner[name], "id", partner[name]) for name in ADDRESS},
        }

    def _take_from_partner(self, batch, record, vals):
        """Return the values with what a customer that came later brings along."""
        if "partner_id" not in vals:
            return vals
        known = {
            name: record._fields[name].convert_to_write(record[name], record)
            for name in TAKEN
        }
        left = {"partner_id": record.partner_id.id}
        self._complete_from_partner(batch, left)
        # What stood there because of the one before goes with them.
        items = [item for item in batch.items if item.res_id == record.id]
        said = {
            name
            for item in items
            for name in (*item.vals, *item.targets, *(item.row.get("said") or ()))
        }
        # Nor did anybody else write it where only we have: the one before may have
        # another name by now.
        is_ours = bool(record.partner_id and items) and all(
            item.is_own and not item.is_touched for item in items
        )
        own = {
            n: known[n]
            for n in TAKEN
            if n in said or (known[n] != left[n] and not is_ours)
        }
        full = {**own, **vals}
        self._complete_from_partner(batch, full)
        # Given, Odoo does not take them from the customer anew; addresses to write to it
        # would give back to them.
        taken = {
            name: full[name]
            for name in TAKEN
            if name not in REACHED or full[name] != known[name]
        }
        return {**taken, **vals}
