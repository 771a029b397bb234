"""What the engine reads from a mapping that was reviewed."""

from odoo import models


class CrmMigrationMappingFields(models.AbstractModel):
    """Also one that a person left out says something."""

    _name = "crm.migration.mapping.fields"
    _description = "Migration: Mapping Fields"

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
