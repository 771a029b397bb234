"""What was proposed for a line, so that it is known what a person decided."""

from odoo import SUPERUSER_ID, fields, models

from .propose_fields import KNOWN, as_proposed


class CrmMigrationMappingLineProfile(models.AbstractModel):
    """What was proposed is remembered: only so is it known what a person decided."""

    _name = "crm.migration.mapping.line.profile"
    _description = "Migration: Mapping Line Profile"

    proposed = fields.Json(
        readonly=True, help="Target, conversion and state, as proposed."
    )

    is_known = fields.Boolean(
        readonly=True, help="Proposed by what is known of the source, not by its name."
    )

    def _get_proposed(self, name):
        return (self.proposed or {}).get(name)

    def _is_decided(self):
        """Tell whether a person, or a plan, has decided something about the line."""
        self.ensure_one()
        if self.proposed:
            return self.proposed != as_proposed(self)
        # Proposed before that was remembered: by then who wrote it last has to tell.
        by_person = self.write_uid.id not in (SUPERUSER_ID, self.create_uid.id)
        chosen = self.state == "accepted" and (
            self.confidence < KNOWN or self.is_custom
        )
        return by_person or chosen

    def _is_chosen(self):
        """Tell whether a person chose another target than was proposed."""
        self.ensure_one()
        if self.proposed:
            return self._get_proposed("target") != (self.target or False)
        return self._is_decided()

    def _is_from_profile(self):
        """Tell whether the profile of the source proposed it, not its name."""
        self.ensure_one()
        return self.is_known or self.confidence == KNOWN or self.is_custom
