"""Who is on mailing lists, one for each address; without Email Marketing a contact."""

from odoo import models
from odoo.tools import email_normalize

from ..loading.batch import Refused
from .stand_in import stand_in


class CrmMigrationTargetMailingContact(models.AbstractModel):
    """An address that has one already fills what is empty there."""

    _name = "crm.migration.target.mailing.contact"
    _description = "Migration Target: Mailing Contacts"
    _inherit = ["crm.migration.target.by.key"]
    _model, _app = "mailing.contact", "mass_mailing"
    _stand_ins = (stand_in("res.partner"),)
    _own_relations = (("mailing.list", "contact_ids"),)
    _known_columns = {
        "email_normalized": "record.email_normalized = lower(btrim(record.email))"
    }
    _needed = frozenset({"email"})

    def _derive(self, batch, item):
        email = item.vals.get("email")
        if not email_normalize(self._as_text(email)):
            raise Refused("bad_email", "email", email)
        if not item.vals.get("name"):
            item.vals.pop("name", None)  # Odoo puts it together of its parts

    def _key_of(self, vals):
        return email_normalize(vals["email"])

    def _find_known(self, batch, keys):
        return self._find_by_address(keys)

    def _find_by_address(self, addresses):
        """Return normalized address → id of who has it, the oldest of several."""
        self.env["mailing.contact"].flush_model(["email_normalized"])
        self.env.cr.execute(
            "SELECT email_normalized, min(id) FROM mailing_contact"
            " WHERE email_normalized = ANY(%s) GROUP BY 1",
            [list(addresses)],
        )
        return dict(self.env.cr.fetchall())

    def _take_known(self, batch, items):
        for item in items:
            item.row["merge_id"] = item.res_id
        self._merge(batch, items)
