"""Companies and people, each with an address of their own."""

from markupsafe import Markup

from odoo import models

from .batch import Refused

ADDRESS = ("street", "street2", "zip", "city", "state_id", "country_id")


class CrmMigrationLoaderResPartner(models.AbstractModel):
    """Load contacts without touching any other one.

    Stock Odoo copies the address of a company to its contacts and back, also to the
    other contacts; here everybody keeps what the source says. Only what belongs to
    the company by definition (tax number, industry…) is taken from it.
    """

    _name = "crm.migration.loader.res.partner"
    _description = "Migration Loader: Contacts"
    _inherit = ["crm.migration.loader"]

    def _derive(self, batch, item):
        vals = item.vals
        kind = vals.pop("company_type", None)
        if kind and "is_company" not in vals:
            vals["is_company"] = kind == "company"
        if vals.get("state_id") and not vals.get("country_id"):
            state = self.env["res.country.state"].browse(vals["state_id"])
            vals["country_id"] = state.country_id.id
        if vals.get("phone"):
            vals["phone"] = self._format_phone(
                batch, vals["phone"], vals.get("country_id")
            )
        if vals.get("parent_id"):
            vals.pop("company_name", None)  # Odoo drops the name where the record is
        if vals.get("website"):
            vals["website"] = batch.model._clean_website(vals["website"])
        self._check_vat(batch, item)

    def _prepare_each(self, batch, items):
        """Fetch all companies at once; each would be a query of its own later."""
        ids = [
            res_id for model, res_id in batch.links.values() if model == "res.partner"
        ]
        companies = batch.model.browse(ids).commercial_partner_id
        companies.fetch(companies._commercial_fields())
        return super()._prepare_each(batch, items)

    def _complete(self, batch, item):
        vals = item.vals
        if not vals.get("name") and vals.get("type", "contact") == "contact":
            vals["name"] = vals.get("email") or vals.get("phone") or False
            if not vals["name"]:
                raise Refused("required", "name")
            item.report("name_from_address", "info", field="name")
        self._take_from_company(batch, item)
        lang = batch.job.company_id.partner_id.lang
        for name, value in {
            "is_company": False,
            "type": "contact",
            "lang": lang or False,
            "tz": False,
            "company_id": False,
            "user_id": False,
            "parent_id": False,
            "active": True,
            "color": 0,
        }.items():
            vals.setdefault(name, value)
        if vals["parent_id"]:
            vals["company_name"] = False

    def _take_from_company(self, batch, item):
        """Give a contact what Odoo keeps equal within a company, as ``create`` would."""
        vals = item.vals
        if not vals.get("parent_id") or vals.get("is_company"):
            return
        company = batch.model.browse(vals["parent_id"]).commercial_partner_id
        shared = batch.once(
            ("commercial", company.id), lambda: company._get_commercial_values()
        )
        vat = vals.get("vat")
        if vat and shared.get("vat") and vat != shared["vat"]:
            self._note(item, batch, "vat", vat)
            item.report("vat_of_company", field="vat", value=vat)
        vals.update(shared)

    # -- tax number ------------------------------------------------------------

    def _check_vat(self, batch, item):
        """Keep a number that Odoo would refuse in the notes instead of losing all."""
        vat = item.vals.get("vat")
        if not vat or not hasattr(batch.model, "_run_vat_checks"):
            return
        country = self.env["res.country"].browse(item.vals.get("country_id") or False)
        checked, _code = batch.model._run_vat_checks(country, vat, validation="setnull")
        if checked:
            item.vals["vat"] = checked
            return
        item.vals["vat"] = False
        item.leftovers.append([batch.model._fields["vat"].string, vat])
        item.report("bad_vat", field="vat", value=vat)

    def _note(self, item, batch, name, value):
        label = batch.model._fields[name].string
        written = Markup(item.vals.get("comment") or "")
        item.vals["comment"] = written + Markup("<p><b>%s</b>: %s</p>") % (label, value)

    # -- phone -----------------------------------------------------------------

    def _format_phone(self, batch, number, country_id):
        """Return the number as Odoo's own form would write it, else as it was given."""
        country_id = country_id or batch.job.country_id.id
        country_id = country_id or batch.job.company_id.country_id.id
        country = self.env["res.country"].browse(country_id or False)
        formatted = batch.model._phone_format(
            number=number, country=country, force_format="INTERNATIONAL"
        )
        return formatted or number

    # -- changes ---------------------------------------------------------------

    def _filled_together(self, name):
        """Never mix the street of one address with the town of another."""
        return ADDRESS if name in ADDRESS else (name,)

    def _link_record(self, batch, item, record, vals):
        """A company that came later also brings what its contacts share with it."""
        if vals.get("parent_id") and not record.is_company:
            company = batch.model.browse(vals["parent_id"]).commercial_partner_id
            vals = {**vals, **company._get_commercial_values(), "company_name": False}
        super()._link_record(batch, item, record, vals)
