"""What the engine reads from a line that was reviewed."""

from odoo import models

from .custom_objects import get_model


class CrmMigrationMappingLineFields(models.AbstractModel):
    """Only accepted lines are applied; the others are reported."""

    _name = "crm.migration.mapping.line.fields"
    _description = "Migration: Mapping Line Fields"

    def _get_paths(self):
        """Return the source paths as a list."""
        paths = self.source_paths
        return paths if isinstance(paths, list) else [paths] if paths else []

    def _accept_custom(self):
        """Accept what has no place in Odoo as new fields, each with a name of its own."""
        for line in self:
            if line.state != "open" or not (line.custom_kind or line.is_custom):
                continue
            if not line.target:
                line.target = f"@custom.{line.source.lower()}"
            if line.target.startswith("@custom."):
                line.state = "accepted"

    def _as_fields(self):
        """Return the accepted lines in the form that ``apply`` takes."""
        return [
            {
                "target": line.target,
                "source": line.source_paths or None,
                "steps": line.steps or [],
                "required": line.required,
            }
            for line in self
            if line.state == "accepted" and line.target
        ]

    def _is_field_used(self):
        """Tell whether any record has a value in the field made for this line."""
        model = get_model(self.env, self.mapping_id.model_name).sudo()
        if self.custom_field not in model._fields:
            return False
        empty = {
            "integer": ("!=", 0),
            "float": ("!=", 0),
            "boolean": ("=", True),
            "char": ("not in", (False, "")),
            "text": ("not in", (False, "")),
            "html": ("not in", (False, "", "<p><br></p>")),
        }
        kind = model._fields[self.custom_field].type
        domain = [(self.custom_field, *empty.get(kind, ("!=", False)))]
        return bool(model.with_context(active_test=False).search_count(domain, limit=1))
