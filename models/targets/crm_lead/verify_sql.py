"""Which values of deals SQL compares, and what it knows of the columns beside them."""

from odoo import models
from odoo.tools import SQL

from .customer import ADDRESS

_COMPANY = "COALESCE(NULLIF(above.name, ''), CASE WHEN customer.is_company THEN customer.name END)"

_OF_CUSTOMER = {
    "contact_name": "CASE WHEN customer.is_company IS NOT TRUE THEN customer.name END",
    "partner_name": f"COALESCE(NULLIF({_COMPANY}, ''), customer.company_name)",
    "function": "customer.function",
    "website": "customer.website",
    "email_from": "customer.email",
    "phone": "customer.phone",
}
"""What ``_complete_from_partner`` takes over, in SQL."""


class CrmMigrationTargetCrmLeadVerifySql(models.AbstractModel):
    _name = "crm.migration.target.crm.lead.verify.sql"
    _description = "Migration: Verify Leads by SQL"

    _plain_targets = frozenset(
        {"name", "email_from", "phone", "street", "street2", "city", "zip", "function"}
        | {
            "contact_name",
            "partner_name",
            "description",
            "expected_revenue",
            "referred",
            "website",
        }
        | {"date_deadline", "partner_id", "user_id"}
        | {"campaign_id", "source_id", "medium_id"}
    )
    _shaping_targets = frozenset({"partner_id", "user_id", *ADDRESS})
    _site_targets = frozenset({"website"})
    _plain_moments = ("@closed_at",)

    def _know_moments(self, item, values):
        """Return column → target whose moment it takes, None where that is not sure."""
        targets, closed = item.targets, values.get("date_closed")
        is_over = values.get("active") is False or values.get("probability") == 100
        if targets.get("@stage_history") or (is_over and not targets.get("@closed_at")):
            return None
        moments = {}
        if not targets.get("date_last_stage_update"):
            last = "@closed_at" if closed else "@created_at"
            moments["date_last_stage_update"] = last
        if closed:
            moments["date_closed"] = "@closed_at"
        if values.get("user_id") and not targets.get("date_open"):
            moments["date_open"] = "@created_at"
        return moments

    def _know_columns(self, batch, item):
        """What a deal does not say itself is taken from its customer."""
        if not item.vals.get("partner_id"):
            return {}
        of_customer = {
            name: SQL("NULLIF(%s, '')", SQL(taken))
            for name, taken in _OF_CUSTOMER.items()
        }
        of_customer["lang_id"] = SQL(
            "(SELECT lang.id FROM res_lang AS lang"
            " WHERE lang.active AND lang.code = customer.lang)"
        )
        if not any(item.vals.get(name) for name in ADDRESS):
            for name in ADDRESS:
                column = SQL.identifier("customer", name)
                is_text = batch.model._fields[name].type == "char"
                of_customer[name] = SQL("NULLIF(%s, '')", column) if is_text else column
        return {
            name: SQL(
                "%s IS NOT DISTINCT FROM (SELECT %s FROM res_partner AS customer"
                " LEFT JOIN res_partner AS above ON above.id = customer.parent_id"
                " WHERE customer.id = record.partner_id)",
                SQL.identifier("record", name),
                taken,
            )
            for name, taken in of_customer.items()
            if not item.vals.get(name)
        }
