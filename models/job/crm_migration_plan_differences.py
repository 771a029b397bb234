"""What a plan speaks of that this database does not have: said before it is replayed."""

from odoo import api, models

from ..mapping.custom_objects import is_custom_object
from ..words.messages import agreed
from .crm_migration_job_sign_off import CANONICAL

CHOSEN = ("map", "reactivate")
"""Decisions about a value that need a record of Odoo."""


class CrmMigrationPlanDifferences(models.AbstractModel):
    """A plan goes from a rehearsal to production, where an app, a field or a user may be
    missing. What is missing leaves its decision open; nothing of it is lost."""

    _name = "crm.migration.plan.differences"
    _description = "Migration Plan: Differences of the Database"

    @api.model
    def _list(self, plan, company=None):
        """Return a sentence for each thing that the plan means and this database lacks.

        :param plan: one that ``crm.migration.plan`` has checked
        :param company: the company that it is to be replayed for
        """
        return [
            *self._list_models(plan),
            *self._list_fields(plan),
            *self._list_records(plan),
            *self._list_users(plan, company or self.env.company),
        ]

    def _get_lines(self, plan):
        """Return the lines of the mapping that bring something into Odoo."""
        return [
            line
            for line in plan.get("mapping") or []
            if line.get("model") and line.get("target") and line["state"] == "accepted"
        ]

    def _list_models(self, plan):
        counts = {}
        for line in self._get_lines(plan):
            if not is_custom_object(line["model"]) and line["model"] not in self.env:
                counts.setdefault(line["model"], []).append(line)
        for model_name, lines in sorted(counts.items()):
            yield agreed(
                self.env,
                self.env._(
                    "The app with %(model)s is not installed: %(count)s [[count|field goes|fields go]] nowhere.",
                    model=model_name,
                    count=len(lines),
                ),
                {"count": len(lines)},
            )

    def _list_fields(self, plan):
        for line in self._get_lines(plan):
            model_name, name = line["model"], line["target"]
            if model_name not in self.env or name.startswith("@") or line.get("field"):
                continue
            if name not in self.env[model_name]._fields:
                source = line["source"]
                yield self.env._(
                    "%(column)s of %(object)s goes into %(field)s of %(model)s, a field "
                    "that does not exist here.",
                    column=", ".join(source) if isinstance(source, list) else source,
                    object=line["stream"],
                    field=name,
                    model=self.env["ir.model"]._get(model_name).name,
                )

    def _list_records(self, plan):
        """Yield what values were mapped to, by name, and what is not here."""
        rows = self.env["crm.migration.value.map"].with_context(lang=CANONICAL)
        for item in plan.get("values") or []:
            model_name, name = item.get("model"), item.get("name")
            if item.get("decision") not in CHOSEN or not model_name or not name:
                continue
            if model_name not in self.env:
                continue  # told by the app that is missing
            row = rows.new({"model_name": model_name})
            if not row._find_planned_target(name):
                yield self.env._(
                    "“%(value)s” means %(name)s (%(model)s), which is not here, or "
                    "several times: the value is to be decided again.",
                    value=item["key"],
                    name=name,
                    model=self.env["ir.model"]._get(model_name).name,
                )

    def _list_users(self, plan, company):
        owners = [
            (owner["key"], owner["login"])
            for owner in plan.get("owners") or []
            if owner.get("decision") == "assign" and owner.get("login")
        ]
        users = self.env["res.users"].sudo().with_context(active_test=False)
        found = users.search([("login", "in", [login for _key, login in owners])])
        usable = {
            user.login
            for user in found
            if not user.share and company in user.company_ids
        }
        for key, login in owners:
            if login not in usable:
                yield self.env._(
                    "The owner %(owner)s is the user %(login)s, who does not work for "
                    "%(company)s here: the owner is to be assigned again.",
                    owner=key,
                    login=login,
                    company=company.name,
                )
