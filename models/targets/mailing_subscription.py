"""Who is on which mailing list, and who has left it, when."""

from odoo import models
from odoo.tools import email_normalize

from .stand_in import stand_in

ADDRESS = {
    # model: (e-mail, name, company, country)
    "res.partner": ("email", "name", "commercial_company_name", "country_id"),
    "crm.lead": ("email_from", "contact_name", "partner_name", "country_id"),
    "mailing.contact": ("email", "name", "company_name", "country_id"),
}
"""Who can be on a list, and what a mailing contact takes from them."""


class CrmMigrationTargetMailingSubscription(models.AbstractModel):
    """``@thread`` is the person, ``@addresses`` one of whom only the address is known.

    Odoo subscribes mailing contacts, one for each address; those that are missing are
    made along, and go with the last subscription that this migration made for them. Of
    two rows of one address on one list the one that has left counts, as in Odoo itself.
    Without Email Marketing the list is a tag of the contact, and a note in the chatter
    tells who has left.
    """

    _name = "crm.migration.target.mailing.subscription"
    _description = "Migration Target: Subscriptions"
    _inherit = ["crm.migration.target.by.key"]
    _model, _app = "mailing.subscription", "mass_mailing"
    _places = ("@opt_out", "@opt_out_at")
    _stand_ins = (
        stand_in(
            "res.partner",
            list_id="category_id",
            opt_out="_opt_out",
            opt_out_datetime="_opt_out_at",
            **{"@thread": "_onto"},
        ),
    )
    _chunk = 1000

    # -- who ---------------------------------------------------------------------

    def _create_in_generations(self, batch, items):
        """Make the mailing contacts that are missing; who has no address stays out."""
        people, ready = {}, []
        for item in items:
            person = self._find_person(batch, item)
            if person and not person["email"]:
                item.skip("no_address")
                continue
            ready.append(item)
            if person:
                people.setdefault(email_normalize(person["email"]), person)
        known = self._get_known(batch, people)
        new = sorted(people.keys() - known.keys())
        contacts = self.env["mailing.contact"].create([people[each] for each in new])
        made = dict(zip(new, contacts.ids, strict=True))
        known |= made
        batch.cache["made"] = self._list_made(batch, known.values()) | set(contacts.ids)
        super()._create_in_generations(batch, ready)
        used = {item.vals.get("contact_id") for item in ready if item.res_id}
        contacts.filtered(lambda contact: contact.id not in used).unlink()

    def _find_person(self, batch, item):
        """Return the values of a mailing contact for who the row means; None: unknown."""
        for key in [key for _kind, key in item.references if key in batch.links]:
            model, res_id = self._get_bearer(batch, *batch.links[key])
            if model in ADDRESS:
                return self._read_person(batch, model, res_id)
        for party in item.targets.get("@addresses") or ():
            email, name = party.get("email"), party.get("name")
            return {"email": email_normalize(email or "") and email, "name": name}
        return None

    def _read_person(self, batch, model, res_id):
        record = self._browse_linked(batch, model, res_id)
        email, name, company, country = (record[each] for each in ADDRESS[model])
        return {
            "email": email_normalize(email or "") and email,
            "name": name or record.display_name,
            "company_name": company,
            "country_id": country.id,
        }

    def _get_known(self, batch, addresses):
        """Return address → mailing contact, of the batch's people; looked up once."""
        contacts = self.env["crm.migration.target.mailing.contact"]
        known = batch.once("members", dict)
        known |= contacts._find_by_address(set(addresses) - known.keys())
        return known

    def _list_made(self, batch, ids):
        """Return which mailing contacts this migration has made for subscriptions."""
        self.env.cr.execute(
            """
            SELECT DISTINCT subscription.contact_id
              FROM mailing_subscription AS subscription
              JOIN crm_migration_id_map AS map
                ON map.res_model = 'mailing.subscription' AND map.job_id = %s
               AND map.res_id = subscription.id
             WHERE subscription.contact_id = ANY(%s)
               AND map.extras -> 'mailing.contact' @> to_jsonb(subscription.contact_id)
            """,
            [batch.job.id, list(ids)],
        )
        return {contact_id for (contact_id,) in self.env.cr.fetchall()}

    def _after_create(self, batch, items):
        for item in items:
            if item.vals["contact_id"] in batch.cache["made"]:
                item.add_extra("mailing.contact", item.vals["contact_id"])

    # -- values --------------------------------------------------------------------

    def _derive(self, batch, item):
        vals = item.vals
        person = self._find_person(batch, item)
        if not person:
            self._look_up_all(batch, item, "@thread")  # which says what is missing
        elif person["email"]:
            address = email_normalize(person["email"])
            vals["contact_id"] = self._get_known(batch, [address]).get(address, False)
        if "opt_out" in vals and not vals["opt_out"] and vals.get("opt_out_datetime"):
            # Odoo takes a date alone for an opt-out: whoever came back is on the list.
            self._leave_out(batch, item, "opt_out_datetime", vals["opt_out_datetime"])
            vals["opt_out_datetime"] = False
        vals["opt_out"] = bool(vals.get("opt_out") or vals.get("opt_out_datetime"))
        # Not today, where the source does not tell the day.
        vals.setdefault("opt_out_datetime", False)

    def _values_to_check(self, batch, item):
        addresses = batch.once("people", lambda: self._list_addresses(batch))
        self._get_known(batch, addresses)
        return super()._values_to_check(batch, item)

    def _list_addresses(self, batch):
        people = [self._find_person(batch, item) for item in batch.items]
        emails = [person["email"] for person in people if person and person["email"]]
        return {email_normalize(email) for email in emails}

    # -- what is there ---------------------------------------------------------------

    def _key_of(self, vals):
        return vals["contact_id"], vals["list_id"]

    def _find_known(self, batch, keys):
        self.env.cr.execute(
            "SELECT there.contact_id, there.list_id, there.id"
            "  FROM unnest(%s::int[], %s::int[]) AS wanted (contact_id, list_id)"
            "  JOIN mailing_subscription AS there USING (contact_id, list_id)",
            [*map(list, zip(*keys, strict=True))] if keys else [[], []],
        )
        return {(contact, list_): id_ for contact, list_, id_ in self.env.cr.fetchall()}

    def _take_known(self, batch, items):
        """Whoever has left by any account has left; what was there stays otherwise."""
        ids = list({item.res_id for item in items})
        rows, shared = self._take_rows(batch.model, ids), self._created_here(batch, ids)
        changes = []
        for item in items:
            item.outcome, item.rollback_action = "matched", "keep"
            record = batch.model.browse(item.res_id)
            if record.opt_out == item.vals["opt_out"]:
                continue
            if record.opt_out:
                item.report("opt_out_kept", "info", "opt_out")
                continue
            names = ("opt_out", "opt_out_datetime")
            before = {name: self._plain(record, name) for name in names}
            record.write({name: item.vals[name] for name in names})
            after = {name: self._plain(record, name) for name in names}
            changes.append((record.id, before, after))
            if record.id not in shared:
                item.rollback_action = "restore"
        self.env.flush_all()
        self._write_links(batch, items)
        self._write_journal(batch, changes, rows)

    def _write_record(self, batch, record, vals):
        if "opt_out" in vals:
            vals = {"opt_out_datetime": False, **vals}  # else Odoo says today
        super()._write_record(batch, record, vals)

    def _compare_more(self, batch, item, record):
        """Who is on the list by another row, or was before, must not have come back."""
        yield from super()._compare_more(batch, item, record)
        if item.mapped["outcome"] == "matched":
            self._prepare(batch, item)
            if item.vals["opt_out"]:
                yield "opt_out", True, record.opt_out

    # -- rollback ----------------------------------------------------------------------

    def _delete_extras(self, maps):
        """Leave a mailing contact whom anything else needs; the last one takes it."""
        ids = {
            id_
            for map_ in maps
            for id_ in (map_.extras or {}).get("mailing.contact", ())
        }
        contacts = self.env["mailing.contact"].browse(ids).exists()
        going, latest = (
            set(maps.mapped("res_id")),
            max(maps.mapped("loaded_at"), default=None),
        )
        for contact in contacts:
            others = contact.subscription_ids.filtered(
                lambda each: each.id not in going
            )
            if others or (latest and contact.write_date > latest):
                contacts -= contact
        (contacts.subscription_ids | maps.env["mailing.subscription"]).unlink()
        contacts.unlink()

    def _unlink(self, records):
        records.exists().unlink()
