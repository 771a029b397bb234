"""An update of the addon may propose better mappings: say so, and offer them."""

from odoo import api, fields, models

from ...connectors import get_profile_digest


class CrmMigrationJobProfile(models.AbstractModel):
    """A migration keeps the mapping that was reviewed until somebody asks for another."""

    _name = "crm.migration.job.profile"
    _description = "Migration: Job Profile"

    profile_digest = fields.Char(
        readonly=True,
        copy=False,
        help="Tells with which version of the source's profile the mapping was proposed.",
    )
    is_profile_older = fields.Boolean(compute="_compute_is_profile_older")

    @api.depends("profile_digest", "source", "mapping_ids")
    def _compute_is_profile_older(self):
        for job in self:
            sudo = job.sudo()
            job.is_profile_older = bool(sudo.mapping_ids) and (
                sudo.profile_digest != get_profile_digest(sudo.source)
                or sudo._has_app_come()
            )

    def _has_app_come(self):
        """Tell whether an app was installed since that takes what had no place of its own."""
        return self.env["crm.migration.target"]._has_become_possible(self)

    def _get_checks(self):
        return [*super()._get_checks(), *self._check_profile()]

    def _check_profile(self):
        if not self.is_profile_older:
            return []
        if self._has_app_come():
            text = self.env._(
                "An app that this migration can fill was installed after the mapping was "
                "proposed. The mapping stays as it is until you choose “Propose Anew”; "
                "what was decided stays then, too."
            )
            return [("profile", "warning", text)]
        text = self.env._(
            "The mapping was proposed before the last update of this addon, which may "
            "know the source better. It stays as it is until you choose “Propose Anew”; "
            "what was decided stays then, too."
        )
        return [("profile", "warning", text)]

    @api.model
    def _renew_profile_checks(self):
        """Tell every migration that an update of the addon concerns; run by ``-u``."""
        for job in self.search([("source", "!=", False)]):
            if job.is_profile_older:
                # An update has no language; whoever reads the answers began this.
                lang = job.create_uid.lang or "en_US"
                job.with_context(lang=lang)._run_preflight()

    def action_propose_anew(self):
        """Look at the source again and propose the mapping anew; decisions stay."""
        self.ensure_one()
        self._check_manager()
        if not self.action_check_connection():
            return self._notify_blocked()
        return bool(self._start_run("discover", {"renew": True}))

    def _after_run(self, run):
        super()._after_run(run)
        parameters = run.parameters or {}
        if run.kind != "discover" or not parameters.get("renew"):
            return
        self.message_post(body=self._format_renewal(run))
        if self._count_records([]):
            # It was read before: the next load applies the new mapping.
            self.phase = "review"

    def _format_renewal(self, run):
        """Return what became of the lines of the mapping, in one sentence."""
        counts = (run.parameters or {}).get("renewed") or {}
        return self.env._(
            "The mapping was proposed anew. Fields added: %(added)s, changed: %(changed)s, "
            "removed: %(removed)s. Decisions that stay: %(kept)s.",
            **{n: counts.get(n, 0) for n in ("added", "changed", "removed", "kept")},
        )
