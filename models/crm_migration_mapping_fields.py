"""What the engine reads from a mapping that was reviewed."""

from odoo import models


class CrmMigrationMapping(models.Model):
    """Also one that a person left out says something."""

    _inherit = "crm.migration.mapping"

    def _as_left_out(self):
        """Return these mappings as reasons why the records they are meant for stay away."""
        return [
            {
                "when": mapping.when or [],
                "reason": self.env._(
                    "“%(mapping)s” was left out by a person.",
                    mapping=mapping.display_name,
                ),
            }
            for mapping in self
        ]


class CrmMigrationMappingLine(models.Model):
    """Only accepted lines are applied; the others are reported."""

    _inherit = "crm.migration.mapping.line"

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
        model = self.env[self.mapping_id.model_name].sudo()
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
