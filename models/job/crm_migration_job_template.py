"""The decisions of a migration, for the next one from the same system."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..mapping.propose_again import as_paths
from .plan_members import OF_TEMPLATE
from .template_matching import Matching


class CrmMigrationJobTemplate(models.AbstractModel):
    """A template is a plan of decisions alone; what it says of values counts later too."""

    _name = "crm.migration.job.template"
    _description = "Migration: Job Template"

    template_id = fields.Many2one(
        "crm.migration.template",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The template that was applied last: values that are met later follow it.",
    )

    def _export_decisions(self):
        """Return what was decided, as a plan without connection, options and owners."""
        plan = self._export_plan()
        plan["mapping"] = [item for item in plan["mapping"] if item["state"] != "open"]
        plan["values"] = [item for item in plan["values"] if item["decision"]]
        return {name: plan[name] for name in OF_TEMPLATE if name in plan}

    def _apply_template(self, template, keep=True):
        """Take over the decisions of a template that have a counterpart here.

        :param keep: what a person decided here stays
        """
        self.ensure_one()
        plan = template.content
        matching = Matching(self, plan, keep)
        found = matching.compare()
        self._apply_plan_lists(plan.get("lists") or [])
        self._include_objects(matching, plan)
        for each in found:
            if each.kind == "apply":
                self._apply_decision(matching, each)
        self.template_id = template
        self._apply_plan_values(plan.get("values") or [])
        return found

    def _include_objects(self, matching, plan):
        chosen = plan.get("streams") or {}
        for stream in self.stream_ids:
            if stream.name in chosen:
                stream.selected = chosen[stream.name]
        for item in plan.get("objects") or []:
            mapping = matching.find_mapping(item)
            if mapping and mapping.selected != item["selected"]:
                mapping.selected = item["selected"]

    def _apply_decision(self, matching, found):
        item, mapping = found.item, found.mapping
        line = found.line or mapping.line_ids._find_planned(
            as_paths(item["source"]), item.get("steps") or []
        )
        if not line:
            return
        target = item.get("target") or False
        others = (mapping.line_ids - line).filtered(
            lambda each: target and each.target == target and each.state == "accepted"
        )
        # What the template fills is not filled from elsewhere as well.
        others.write({"target": False, "steps": False, "state": "open"})
        made = dict(item)
        made.pop("object_label", None)
        line.write(
            {
                "target": target,
                "steps": matching.adapt(line, item) or False,
                "ignore_reason": item.get("ignore_reason") or False,
                "state": item["state"],
                "confidence": 100,
                "reason": self.env._("By a template."),
                **self._import_made(line, made),
            }
        )

    # -- buttons -----------------------------------------------------------------

    def action_save_template(self):
        """Ask for the name under which the decisions are kept."""
        self.ensure_one()
        return self._open_dialog(
            self.env._("Save as Template"),
            "crm.migration.template.save",
            default_job_id=self.id,
        )

    def action_apply_template(self):
        """Ask which template, and show what it would change."""
        self.ensure_one()
        if not self.sudo().mapping_ids:
            raise UserError(
                self.env._("Discover the source first: a template is about its fields.")
            )
        return self._open_dialog(
            self.env._("Apply Template"),
            "crm.migration.template.apply",
            default_job_id=self.id,
        )
