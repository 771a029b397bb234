"""What the review offers for a field of the source: the three likeliest, with reasons."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..words.mapping import PLACES
from .field_kinds import STEPS
from .suggest import BEST, DATES, Suggester, Suggestion, is_target


class CrmMigrationMappingLineSuggest(models.AbstractModel):
    """Nothing of this is stored: it follows the registry and what was read."""

    _name = "crm.migration.mapping.line.suggest"
    _description = "Migration: Mapping Line Suggestions"

    suggestions = fields.Json(compute="_compute_suggestions")

    @api.depends("target", "confidence", "reason", "samples", "source_paths")
    def _compute_suggestions(self):
        for mapping, lines in self.grouped("mapping_id").items():
            columns = {}
            for line in lines:
                paths = line._get_paths()
                if len(paths) == 1:
                    columns[paths[0]] = line._get_figures(paths[0])
            found = Suggester(self.env, mapping.sudo()).suggest(columns, BEST + 1)
            for line in lines:
                paths = line._get_paths()
                ranked = found.get(paths[0], []) if len(paths) == 1 else []
                line.suggestions = line._as_suggestions(ranked)

    def _get_figures(self, path):
        sample = (self.mapping_id.stream_id.sudo().sample or {}).get(path) or {}
        return {
            "label": self.source_label or path,
            "kind": self.source_kind or sample.get("kind") or "char",
            "records": self.record_count or sample.get("records") or 0,
            "filled": self.fill_count or sample.get("filled") or 0,
            "distinct": self.distinct_count or sample.get("distinct") or 0,
            "samples": self.samples or sample.get("samples") or [],
        }

    def _as_suggestions(self, ranked):
        """Return the first three in the form that the screen takes; the present one leads."""
        if self.target and not self.target.startswith("@custom."):
            own = Suggestion(self.target, self.confidence, self.reason or "")
            others = [each for each in ranked if each.target != self.target]
            top = max(own.score, 1)
            ranked = [own._replace(score=top)] + [
                each._replace(score=min(each.score, top)) for each in others
            ]
        return [
            {
                "target": each.target,
                "label": self._label_target(each.target),
                "score": each.score,
                "reason": each.reason or self.env._("Chosen before."),
                "steps": each.steps,
                "is_used": each.target == self.target,
            }
            for each in ranked[:BEST]
        ]

    def _label_target(self, target):
        if words := PLACES.get(target):
            return str(self.env._(words))
        field = self.env["ir.model.fields"]._get(self.model_name, target.split("/")[0])
        return field.field_description or target

    def action_show_suggestions(self):
        """Open the line with its suggestions over the list."""
        self.ensure_one()
        action = self._open_dialog(self.display_name, self._name)
        return {**action, "res_id": self.id}

    def action_use_suggestion(self, target=False):
        """Take one of the suggestions, as if a person had chosen its field.

        :raises UserError: it is no target of this object
        """
        line = self._as_reviewer()
        line.ensure_one()
        offered = {each["target"]: each for each in line.suggestions or []}
        if target in DATES:
            name = self.env.user.name
            line.write(
                {
                    "target": target,
                    "steps": STEPS["datetime"],
                    "state": "accepted",
                    "confidence": 100,
                    "reason": self.env._("Chosen by %(name)s.", name=name),
                    "custom_field": False,
                }
            )
            return True
        if target and target == line.target:
            line.write({"state": "accepted", "ignore_reason": False})
            return True
        model = self.env.get(line.model_name)
        field = model._fields.get(target) if model is not None else None
        if field is None or not is_target(field):
            raise UserError(
                self.env._("%(field)s is not a field of this object.", field=target)
            )
        line.field_id = self.env["ir.model.fields"]._get(line.model_name, target)
        line.ignore_reason = False
        if steps := (offered.get(target) or {}).get("steps"):
            line.steps = steps
        return True
