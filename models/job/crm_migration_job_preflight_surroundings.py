"""Say beforehand what else in this database would act on what is loaded."""

from odoo import models

from ..mapping.custom_objects import get_model
from ..odoo.series import get_parameter
from ..words.messages import agreed

ENRICHMENT = "crm_iap_enrich.ir_cron_lead_enrichment"
SYNCED = {
    "Google Calendar": ("google_calendar_rtoken", "google_synchronization_stopped"),
    "Outlook": ("microsoft_calendar_rtoken", "microsoft_synchronization_stopped"),
}
"""Calendar → the fields of a user's settings that tell whether it is synchronized."""


class CrmMigrationJobPreflightSurroundings(models.AbstractModel):
    """Each check is a tuple (code, level, what was found, what to do about it)."""

    _name = "crm.migration.job.preflight.surroundings"
    _description = "Migration: Job Preflight Surroundings"

    def _get_checks(self):
        return [
            *super()._get_checks(),
            self._check_neutralized(),
            self._check_mail_servers(),
            self._check_calendars(),
            self._check_enrichment(),
            self._check_fields(),
        ]

    def _check_targets(self):
        return [*super()._check_targets(), *self._check_owners()]

    def _check_neutralized(self):
        if get_parameter(self.env, "database.is_neutralized"):
            text = self.env._(
                "This database is a neutralized copy: it sends no mail, and credentials "
                "are blanked in it."
            )
            cure = self.env._("Right for a rehearsal. Load for good in the original.")
            return "neutralized", "warning", text, cure
        return "neutralized", "passed", self.env._("The database is not neutralized.")

    def _check_mail_servers(self):
        servers = self.env["ir.mail_server"].sudo().search([], limit=10)
        if not servers:
            text = self.env._("No outgoing mail server is set up in Odoo.")
            return "mail_servers", "passed", text
        text = self.env._(
            "Active outgoing mail [[count|server|servers]]: %(names)s. A load mails nobody, but later on "
            "people are reminded of meetings and activities that were loaded.",
            names=", ".join(servers.mapped("name")),
        )
        cure = self.env._(
            "For a rehearsal archive them in the settings. In production, accept this."
        )
        text = agreed(self.env, text, {"count": len(servers)})
        return "mail_servers", "warning", text, cure

    def _check_calendars(self):
        """Warn where the meetings may already come by way of a synchronized calendar."""
        lines = []
        if "calendar.event" in self.mapping_ids.filtered("selected").mapped(
            "model_name"
        ):
            settings = self.env["res.users.settings"].sudo()
            for label, (token, stopped) in SYNCED.items():
                if not {token, stopped} <= set(settings._fields):
                    continue
                domain = [(token, "!=", False), (stopped, "=", False)]
                if count := settings.search_count(domain):
                    text = self.env._(
                        "%(calendar)s: %(count)s [[count|user|users]]",
                        calendar=label,
                        count=count,
                    )
                    lines.append(agreed(self.env, text, {"count": count}))
        if not lines:
            text = self.env._("No calendar is synchronized with what will be loaded.")
            return "calendars", "passed", text
        text = self.env._(
            "Calendars are synchronized. Meetings are not sent there by a load, but those "
            "that stand there already will be in Odoo twice:"
        )
        cure = self.env._(
            "Load meetings of the past only, or let these users stop the synchronization "
            "until the load is verified."
        )
        return "calendars", "warning", "\n".join([text, *lines]), cure

    def _check_enrichment(self):
        cron = self.env.ref(ENRICHMENT, raise_if_not_found=False)
        if not cron or not cron.sudo().active:
            text = self.env._("Nothing here enriches records by itself, for credits.")
            return "enrichment", "passed", text
        text = self.env._(
            "Odoo enriches new leads by itself, for credits. Leads that are loaded are "
            "marked as enriched and cost none."
        )
        return "enrichment", "passed", text

    def _check_fields(self):
        """Name the accepted targets that this database does not have (any more)."""
        lines = []
        for mapping in self.mapping_ids.filtered("selected"):
            known = get_model(self.env, mapping.model_name)._fields
            gone = [
                line.target
                for line in mapping.line_ids
                if line.state == "accepted"
                and line.target
                and not line.target.startswith("@")
                and line.target.partition(".")[0] not in known
            ]
            if gone:
                names = ", ".join(dict.fromkeys(gone))
                lines.append(
                    self.env._(
                        "%(mapping)s: %(field)s",
                        mapping=mapping.display_name,
                        field=names,
                    )
                )
        if not lines:
            text = self.env._("Every field that was chosen exists in Odoo.")
            return "fields", "passed", text
        text = self.env._("These fields do not exist in Odoo (any more):")
        cure = self.env._(
            "Choose other fields in the mapping, or install the app that brings them."
        )
        return "fields", "warning", "\n".join([text, *lines]), cure

    def _check_owners(self):
        """Return the check, none before any owner was seen."""
        if not self.owner_ids:
            return []
        self.invalidate_recordset(["owner_open_count"])
        if not (count := self.owner_open_count):
            return [("owners", "passed", self.env._("Every owner is decided."))]
        text = self.env._(
            "%(count)s [[count|owner is|owners are]] not decided.", count=count
        )
        text = agreed(self.env, text, {"count": count})
        cure = (
            self.env._("Decide under Owners; the load waits for it.")
            if self.owner_policy == "wait"
            else self.env._("Decide under Owners, or reassign them after the load.")
        )
        return [("owners", "warning", text, cure)]
