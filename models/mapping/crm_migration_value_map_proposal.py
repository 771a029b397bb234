"""Propose what a value of the source means in Odoo, and say where that is not clear."""

from odoo import api, models
from odoo.exceptions import ValidationError

from ...connectors.mapping.outcomes import propose_choice
from ..staging.references import COUNTRY, STATE
from .propose_values import get_index

NAMED_AT_MOST = 5


class CrmMigrationValueMapProposal(models.AbstractModel):
    """A proposal is a decision that may be changed; what is not clear is left open."""

    _name = "crm.migration.value.map.proposal"
    _description = "Migration: Value Map Proposal"

    def _propose(self):
        """Decide what can be told by name; one index for each list of Odoo."""
        indexes = {}
        for row in self:
            row.write(row._get_proposal(indexes))
        return self

    def _get_proposal(self, indexes):
        definition = self.job_id._get_list(self.list)
        proposal = definition.get("proposals", {}).get(self.key)
        words = definition.get("words")
        if proposal is None and words:
            proposal = propose_choice(self.key, words)
        if proposal is None:
            proposal = definition.get("otherwise")
        if self.choices or not self.model_name:
            if proposal is None:
                return {"reason": self.env._("No word of it says what it means.")}
            reason = words and self.env._("By its words.")
            return {
                "choice": proposal,
                "decision": "map",
                "confidence": 90,
                "reason": reason or False,
            }
        if self.model_name not in self.env:
            return {}
        if self.model_name not in indexes:
            indexes[self.model_name] = get_index(self.env, self.model_name, self.job_id)
        match = indexes[self.model_name].find(
            proposal or self.key, self._get_country_id(indexes)
        )
        return self._as_proposal(match, definition["create"])

    def _as_proposal(self, match, may_create):
        values = {"confidence": match.confidence, "reason": self._get_reason(match)}
        if match.found:
            target = f"{self.model_name},{match.found}"
            return {**values, "target_ref": target, "decision": "map"}
        if match.why == "archived" and len(match.candidates) == 1:
            # To choose from, not chosen: the decision stays open.
            target = f"{self.model_name},{match.candidates[0]}"
            return {**values, "target_ref": target, "decision": False}
        if may_create and not match.candidates:
            reason = self.env._("Not in Odoo yet.")
            return {"decision": "create", "confidence": 70, "reason": reason}
        if not match.why:
            values["reason"] = self.env._("Odoo has nothing of this name.")
        return values

    def _get_reason(self, match):
        records = self.env[self.model_name].sudo().browse(match.candidates)
        names = ", ".join(
            f"{record.display_name} ({record.id})"
            if len(set(records.mapped("display_name"))) < len(records)
            else record.display_name
            for record in records[:NAMED_AT_MOST]
        )
        return {
            "name": self.env._("Same name."),
            "code": self.env._("Same code."),
            "word": self.env._("Another word for it."),
            "inactive": self.env._("Known, but not active in Odoo."),
            "archived": self.env._(
                "Archived in Odoo: reactivate it, create a new one or choose another."
            ),
            "several": self.env._(
                "Several have this name: %(names)s. Choose one.", names=names
            ),
            "no_country": self.env._(
                "These records name no country. Choose the state that is meant%(names)s.",
                names=f": {names}" if names else "",
            ),
        }.get(match.why, False)

    # -- states of a country ---------------------------------------------------

    def _get_country_id(self, indexes):
        """Return the country in which a state is looked for.

        What was decided about the country's own row counts, else its name.
        """
        if self.model_name != STATE or not self.scope:
            return False
        countries = self._get_siblings(COUNTRY).filtered(
            lambda row: row.key == self.scope and row.decision
        )
        if countries:
            return countries[:1].target_ref.id
        if COUNTRY not in indexes:
            indexes[COUNTRY] = get_index(self.env, COUNTRY, self.job_id)
        return indexes[COUNTRY].find(self.scope).found

    def _by_country(self):
        """Return country id → states that can be created: a state lies in a country."""
        found = self.grouped(lambda row: row._get_country_id({}))
        found.pop(False, None)
        return found

    @api.constrains("decision")
    def _check_country(self):
        for row in self:
            if row.model_name == STATE and row.decision == "create":
                if not row.target_ref and not row._get_country_id({}):
                    raise ValidationError(
                        row.env._(
                            "%(name)s cannot be created: a state lies in a country, and "
                            "Odoo does not know which one is meant. Decide about the "
                            "country of these records first, or choose a state.",
                            name=row.label or row.key,
                        )
                    )

    def _get_siblings(self, model_name):
        return self.job_id.value_map_ids.filtered(
            lambda row: row.model_name == model_name
        )

    def _follow_country(self):
        """Look again for states that nobody chose, now that their country is decided."""
        for job, rows in self.sudo().grouped("job_id").items():
            keys = set(
                rows.filtered(lambda row: row.model_name == COUNTRY).mapped("key")
            )
            if keys:
                states = job.value_map_ids.filtered(
                    lambda row, keys=keys: (
                        row.model_name == STATE
                        and row.scope in keys
                        and not row.decision
                    )
                )
                states._propose()

    def write(self, vals):
        """What is decided about a country tells which of its states is meant."""
        result = super().write(vals)
        if {"target_ref", "target_id", "decision"} & set(vals):
            self._follow_country()
        return result
