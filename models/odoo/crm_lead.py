"""Leads: silent during a load, and aware of the migration that brought them."""

from odoo import api, models

from .silence import is_silent


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.migration.migrated"]

    def _inverse_email_from(self):
        """Never write to the customer what a deal says about them."""
        if is_silent(self.env):
            return None
        return super()._inverse_email_from()

    def _inverse_phone(self):
        if is_silent(self.env):
            return None
        return super()._inverse_phone()

    @api.depends("partner_id.email")
    def _compute_email_from(self):
        """A changed customer changes no deal; the loader says what a deal takes over."""
        if not is_silent(self.env):
            super()._compute_email_from()

    @api.depends("partner_id.phone")
    def _compute_phone(self):
        if not is_silent(self.env):
            super()._compute_phone()

    @api.depends("partner_id")
    def _compute_contact_name(self):
        if not is_silent(self.env):
            super()._compute_contact_name()

    @api.depends("partner_id")
    def _compute_partner_name(self):
        if not is_silent(self.env):
            super()._compute_partner_name()

    @api.depends("partner_id")
    def _compute_function(self):
        if not is_silent(self.env):
            super()._compute_function()

    @api.depends("partner_id")
    def _compute_website(self):
        if not is_silent(self.env):
            super()._compute_website()

    @api.depends("partner_id")
    def _compute_lang_id(self):
        if not is_silent(self.env):
            super()._compute_lang_id()

    @api.depends("partner_id")
    def _compute_partner_address_values(self):
        if not is_silent(self.env):
            super()._compute_partner_address_values()

    def _check_company(self, fnames=None):
        """Check each combination once: in a batch thousands of deals share a few."""
        if not is_silent(self.env):
            return super()._check_company(fnames)
        kinds = {}
        for lead in self:
            key = (
                lead.company_id,
                lead.user_id,
                lead.team_id,
                lead.partner_id.company_id,
            )
            kinds.setdefault(key, lead.id)
        return super(CrmLead, self.browse(kinds.values()))._check_company(fnames)

    def _pls_increment_frequencies(self, from_state=None, to_state=None):
        """Keep history out of the scores that Odoo learns from its own deals."""
        if is_silent(self.env):
            return None
        return super()._pls_increment_frequencies(from_state, to_state)

    def log_meeting(self, meeting):
        if is_silent(self.env):
            return self.env["mail.message"]
        return super().log_meeting(meeting)
