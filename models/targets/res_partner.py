"""Companies and people, each with an address of their own."""

from odoo import models
from odoo.tools import SQL

from ...connectors.mapping.contact import is_one_number
from ..loading.batch import Refused
from ..loading.plain_columns import EMAIL, HAS_PHONENUMBERS, PHONE
from .lookup_list import fold_name
from .rule_hints import RuleHints

ADDRESS = ("street", "street2", "zip", "city", "state_id", "country_id")


USUAL = {
    "is_company": False,
    "type": "contact",
    "tz": False,
    "company_id": False,
    "user_id": False,
    "parent_id": False,
    "active": True,
    "color": 0,
}
"""What a contact has of which the source says nothing."""


class CrmMigrationTargetResPartner(models.AbstractModel):
    """Load contacts without touching any other one.

    Stock Odoo copies the address of a company to its contacts and back, also to the
    other contacts; here everybody keeps what the source says. Only what belongs to
    the company by definition (tax number, industry…) is taken from it.
    """

    _name = "crm.migration.target.res.partner"
    _description = "Migration Target: Contacts"
    _inherit = ["crm.migration.target", "crm.migration.target.company.names"]
    _model = "res.partner"
    _lane = ("res.partner",)
    _chunk = 2000
    _kept_together = ("parent_id",)
    _form = "base.view_partner_form"
    _is_person = True
    _named_by = ("email", "phone")
    _own_relations = (("res.partner.category", "partner_ids"),)
    _own_life = frozenset({"properties"})
    _own_lists = frozenset({"category_id"})
    _known_columns = {
        "phone_sanitized": PHONE,
        "email_normalized": EMAIL.format("email"),
        "complete_name": (
            "record.complete_name = btrim(CASE"
            " WHEN record.is_company OR record.parent_id IS NULL"
            "  AND record.company_name IS NULL THEN record.name"
            " ELSE record.commercial_company_name || ', ' || record.name END)"
        ),
        "commercial_partner_id": (
            "record.commercial_partner_id = CASE"
            " WHEN record.is_company OR record.parent_id IS NULL THEN record.id"
            " ELSE (SELECT parent.commercial_partner_id FROM res_partner AS parent"
            " WHERE parent.id = record.parent_id) END"
        ),
        "commercial_company_name": (
            "record.commercial_company_name IS NOT DISTINCT FROM"
            " (SELECT CASE WHEN whole.is_company THEN whole.name"
            " ELSE record.company_name END FROM res_partner AS whole"
            " WHERE whole.id = record.commercial_partner_id)"
        ),
        "partner_share": (
            "record.partner_share AND NOT EXISTS"
            " (SELECT FROM res_users AS own WHERE own.partner_id = record.id)"
        ),
        "company_registry": "record.company_registry IS NULL",
    }
    _plain_targets = frozenset(
        {"name", "email", "phone", "mobile", "street", "street2", "city", "zip"}
        | {
            "function",
            "ref",
            "barcode",
            "comment",
            "website",
            "parent_id",
            "user_id",
            "country_id",
        }
    )
    _shaping_targets = frozenset({"name", "parent_id"})
    _site_targets = frozenset({"website"})
    _needed = frozenset({"name"})
    _essentials = ("name",)
    _rule_hints = RuleHints(told_apart_by=("is_company",))

    def _derive(self, batch, item):
        vals = item.vals
        kind = vals.pop("company_type", None)
        if kind and "is_company" not in vals:
            vals["is_company"] = kind == "company"
        if vals.get("phone"):
            vals["phone"] = self._format_phone(
                batch, vals["phone"], vals.get("country_id")
            )
        if vals.get("parent_id"):
            self._keep_company_name(batch, item, vals.pop("company_name", None))
        self._check_vat(batch, item)
        if vals.get("parent_id") and not vals.get("is_company"):
            vals.update(self._shared_values(batch, item, vals["parent_id"], vals))

    def _prepare_each(self, batch, items):
        self._fetch_companies(batch)
        return super()._prepare_each(batch, items)

    def _values_to_check(self, batch, item):
        batch.once("companies", lambda: self._fetch_companies(batch))
        self._list_loaded(batch)
        return super()._values_to_check(batch, item)

    def _fetch_companies(self, batch):
        """Read all companies at once; each would be a query of its own later."""
        ids = [
            res_id for model, res_id in batch.links.values() if model == "res.partner"
        ]
        heads = batch.model.with_context(prefetch_fields=False).browse(ids)
        companies = batch.model.browse(heads.commercial_partner_id.ids)
        names = companies._commercial_fields()
        companies.fetch(names)
        columns = [batch.model._fields[name]._get_cache(self.env) for name in names]
        # Most share nothing, and whoever shares nothing need not be asked.
        bare = {
            res_id
            for res_id in companies._ids
            if not any(column.get(res_id, True) for column in columns)
        }
        wholes = batch.model._fields["commercial_partner_id"]._get_cache(self.env)
        for res_id in ids:
            if wholes.get(res_id) in bare:
                batch.cache["commercial", res_id] = {}

    def _complete(self, batch, item):
        vals = item.vals
        if not vals.get("name"):
            vals["name"] = self._name_by_address(item)
        lang = batch.once("lang", lambda: batch.job.company_id.partner_id.lang)
        item.vals = vals = {**USUAL, "lang": lang or False, **vals}
        if vals["parent_id"]:
            vals["company_name"] = False

    def _name_by_address(self, item):
        """Return the name of somebody of whom the source has none; an address needs none.

        :raises Refused: there is no address either
        """
        vals = item.vals
        if vals.get("type", "contact") != "contact":
            return False
        name = next(filter(None, map(vals.get, self._named_by)), None)
        if not name:
            raise Refused("required", "name")
        item.report("name_from_address", "info", field="name")
        return name

    def _when_gone(self, batch, item, name):
        if name == "name":
            return self._name_by_address(item)
        return super()._when_gone(batch, item, name)

    def _shared_values(self, batch, item, parent_id, own):
        """Return what Odoo keeps equal within a company; what differs is reported.

        :param own: values that the contact itself has
        """
        shared = batch.once(
            ("commercial", parent_id),
            lambda: batch.model.browse(
                parent_id
            ).commercial_partner_id._get_commercial_values(),
        )
        for name, value in shared.items():
            mine = own.get(name)
            if mine and mine != value:
                field = batch.model._fields[name]
                if field.type == "many2one":
                    mine = self.env[field.comodel_name].browse(mine).display_name
                code = "vat_of_company" if name == "vat" else "value_of_company"
                self._keep_in_notes(batch, item, name, mine)
                item.report(code, field=name, value=mine)
        return shared

    # -- verification ------------------------------------------------------------

    def _list_kinds(self, batch):
        """Leave what belongs to the company, and numbers that Odoo formats, to Python."""
        shared = set(batch.model._commercial_fields())
        return tuple(
            kind
            for kind in super()._list_kinds(batch)
            if kind.target not in shared
            and not (kind.target in ("phone", "country_id") and HAS_PHONENUMBERS)
        )

    def _tell_apart(self):
        """Return what the company of a contact shares with it, and where its state lies."""
        model = self.env["res.partner"]
        fields = map(model._fields.get, model._commercial_fields())
        shared = [each.name for each in fields if each.store and each.column_type]
        shared = SQL(", ").join(SQL.identifier("company", name) for name in shared)
        # Most companies have none of it, and a row becomes a text in 4 µs.
        return SQL(
            "CASE WHEN given.v ? 'state_id' THEN given.v ->> 'country_id' END, '|',"
            " CASE WHEN num_nonnulls(company.id, %s) > 1 THEN ROW(%s)::text"
            " WHEN company.id IS NOT NULL THEN '()' END",
            *(shared, shared),
        )

    def _join_more(self):
        return SQL(
            "LEFT JOIN res_partner AS parent ON parent.id = record.parent_id"
            " LEFT JOIN res_partner AS company ON company.id = parent.commercial_partner_id"
        )

    def _know_columns(self, batch, item):
        """The same as ``_known_columns`` says, by the joins that are there already."""
        return {
            "commercial_partner_id": SQL(
                "record.commercial_partner_id = CASE"
                " WHEN record.is_company OR record.parent_id IS NULL THEN record.id"
                " ELSE parent.commercial_partner_id END"
            ),
            "commercial_company_name": SQL(
                "record.commercial_company_name IS NOT DISTINCT FROM"
                " CASE WHEN record.commercial_partner_id = record.id THEN"
                " CASE WHEN record.is_company THEN record.name"
                " ELSE record.company_name END"
                " WHEN company.is_company THEN company.name"
                " ELSE record.company_name END"
            ),
        }

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
        self._keep_in_notes(batch, item, "vat", vat)
        item.report("bad_vat", field="vat", value=vat)

    # -- phone -----------------------------------------------------------------

    def _format_phone(self, batch, number, country_id):
        """Return the number as Odoo's own form would write it, else as it was given."""
        if not HAS_PHONENUMBERS or not is_one_number(number):
            return number
        country_id = country_id or batch.once(
            "home",
            lambda: batch.job.country_id.id or batch.job.company_id.country_id.id,
        )
        known = batch.once("phones", dict)
        if (number, country_id) not in known:
            known[number, country_id] = self._write_phone(batch, number, country_id)
        return known[number, country_id]

    def _write_phone(self, batch, number, country_id):
        country = self.env["res.country"].browse(country_id or False)
        formatted = batch.model._phone_format(
            number=number, country=country, force_format="INTERNATIONAL"
        )
        return formatted or number

    # -- changes ---------------------------------------------------------------

    def _filled_together(self, name):
        """Never mix the street of one address with the town of another."""
        return ADDRESS if name in ADDRESS else (name,)

    def _missing(self, batch, item, record):
        """Leave a contact with the company it has; Odoo's name for it is one, too."""
        missing = super()._missing(batch, item, record)
        parent_id = item.vals.get("parent_id")
        if not parent_id or record.is_company or record.parent_id.id == parent_id:
            return missing
        parent = batch.model.browse(parent_id)
        named = fold_name(record.company_name)
        if record.parent_id or (named and named != fold_name(parent.name)):
            apart = {"parent_id", "company_name", *batch.model._commercial_fields()}
            return {name: missing[name] for name in missing if name not in apart}
        if named:
            # Odoo drops the name when there is a record: a rollback brings it back.
            missing["company_name"] = False
        return missing

    def _link_record(self, batch, item, record, vals):
        """A company that came later also brings what its contacts share with it."""
        if vals.get("parent_id") and not record.is_company:
            names = batch.model._commercial_fields()
            own = {name: self._plain(record, name) for name in names}
            self._keep_company_name(batch, item, record.company_name)
            shared = self._shared_values(batch, item, vals["parent_id"], own)
            vals = {**vals, **shared, "company_name": False}
            if item.unmapped_values:
                item.vals = {"comment": record.comment}
                self._add_notes(batch, item)
                vals |= item.vals
        super()._link_record(batch, item, record, vals)

    def _write_record(self, batch, record, vals):
        """Let the contacts that were loaded follow what belongs to their company."""
        names = [
            name
            for name in batch.model._commercial_fields()
            if name in vals and batch.model._fields[name].column_type
            if not batch.model._fields[name].company_dependent
        ]
        if names and record.commercial_partner_id == record:
            before = {name: self._plain(record, name) for name in names}
            super()._write_record(batch, record, vals)
            self._share_with_contacts(batch, record, before)
        else:
            super()._write_record(batch, record, vals)

    def _share_with_contacts(self, batch, company, before):
        """Write by SQL: it is no work on these contacts, and their dates stay.

        Contacts that Odoo had before are left as they are.
        """
        self.env.flush_all()
        lineage = batch.job._get_lineage().ids
        for name, old in before.items():
            earlier = self._contacts_from_before(batch, company, name, old)
            rows = self._take_rows(batch.model, earlier)
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE res_partner AS contact SET %(column)s = %(new)s
                      FROM crm_migration_id_map AS map
                     WHERE contact.commercial_partner_id = %(company)s
                       AND contact.id <> %(company)s
                       AND contact.%(column)s IS NOT DISTINCT FROM %(old)s
                       AND map.job_id = ANY(%(jobs)s)
                       AND map.res_model = 'res.partner'
                       AND map.res_id = contact.id AND map.outcome = 'created'
                    """,
                    column=SQL.identifier(name),
                    new=self._plain(company, name) or None,
                    old=old or None,
                    company=company.id,
                    jobs=lineage,
                )
            )
            batch.model.invalidate_model([name], flush=False)
            new = self._plain(company, name)
            changes = [(each, {name: old}, {name: new}) for each in earlier]
            self._write_journal(batch, changes, rows)

    def _contacts_from_before(self, batch, company, name, old):
        """Return the contacts that follow and that an earlier migration created.

        The rollback of this one gives them back what they had.
        """
        earlier = batch.job._get_earlier_ids()
        if not earlier:
            return []
        self.env.cr.execute(
            SQL(
                """
                SELECT contact.id FROM res_partner AS contact
                 WHERE contact.commercial_partner_id = %(company)s
                   AND contact.id <> %(company)s
                   AND contact.%(column)s IS NOT DISTINCT FROM %(old)s
                   AND EXISTS (SELECT FROM crm_migration_id_map AS map
                                WHERE map.job_id = ANY(%(jobs)s)
                                  AND map.res_model = 'res.partner'
                                  AND map.res_id = contact.id
                                  AND map.outcome = 'created')
                """,
                column=SQL.identifier(name),
                company=company.id,
                old=old or None,
                jobs=earlier,
            )
        )
        return [res_id for (res_id,) in self.env.cr.fetchall()]
