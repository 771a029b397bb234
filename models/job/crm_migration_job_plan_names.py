"""What a plan means by the names in it: the one record of that name, or a sentence."""

from odoo import api, models
from odoo.exceptions import UserError

from ..mapping.companies import get_company_domain


class CrmMigrationJobPlanNames(models.AbstractModel):
    _name = "crm.migration.job.plan.names"
    _description = "Migration: Job Plan Names"

    @api.model
    def _find_planned(self, model_name, field, name, company=None):
        """Return the record that an option of a plan names.

        :param company: of several companies' records, those that this one may use
        :raises UserError: nothing is called so, several are, or it is archived
        """
        found = self.env[model_name].with_context(active_test=False)
        found = found.search([(field, "=", name)], order="id")
        if company:
            found = found.filtered_domain(get_company_domain(found, company))
        # Of currencies most are inactive, and amounts may be in any of them.
        if model_name != "res.currency" and "active" in found._fields:
            active = found.filtered("active")
            if found and not active:
                raise UserError(
                    self.env._(
                        "The plan names %(name)s, which is archived in Odoo.", name=name
                    )
                )
            found = active
        if len(found) == 1:
            return found
        if found:
            raise UserError(
                self.env._(
                    "The plan names %(name)s, and %(count)s records have this name.",
                    name=name,
                    count=len(found),
                )
            )
        raise UserError(
            self.env._("The plan names %(name)s, which Odoo does not have.", name=name)
        )

    def _apply_plan_values(self, decided, among=None):
        """Repeat what was decided about values; what Odoo here lacks stays open.

        :param among: the rows that are meant; None: all of the migration
        :return: the rows that the plan decides about
        """
        among = self.value_map_ids if among is None else among
        named = among.browse()
        rows = {(row.list, row.key, row.scope or ""): row for row in among}
        for item in decided:
            row = rows.get((item["list"], item["key"], item.get("within") or ""))
            if not row or not item["decision"]:
                continue
            named |= row
            values = {
                "decision": item["decision"],
                "choice": item.get("choice") or False,
                **{
                    field: item[name]
                    for name, field in (("order", "sequence"), ("won", "is_won"))
                    if item.get(name) is not None
                },
            }
            if (
                item.get("name")
                and row.model_name
                and not row._is_planned(item["name"])
            ):
                target = row._find_planned_target(item["name"])
                if not target and item["decision"] in ("map", "reactivate"):
                    continue
                values["target_ref"] = (
                    f"{target._name},{target.id}" if target else False
                )
            row.write(values)
        return named

    def _apply_plan_owners(self, decided, among):
        """Repeat who was assigned; a login that is unknown here leaves the owner open."""
        owners = {owner.key: owner for owner in among}
        users = self.env["res.users"].with_context(active_test=False)
        for item in decided:
            owner = owners.get(item["key"])
            if not owner or not item["decision"]:
                continue
            login = item.get("login")
            user = users.search([("login", "=", login), ("share", "=", False)])
            user = user.filtered(lambda one: self.company_id in one.company_ids)
            if item["decision"] == "assign" and len(user) != 1:
                continue
            owner.write({"decision": item["decision"], "user_id": user.id or False})
