"""Say beforehand what is out of reach here, and what the targets have to say."""

from odoo import models


class CrmMigrationJobPreflightTargets(models.AbstractModel):
    """Each target in use is asked; what has none is named with what would help."""

    _name = "crm.migration.job.preflight.targets"
    _description = "Migration: Job Preflight Targets"

    def _get_checks(self):
        return [
            *super()._get_checks(),
            *self._check_out_of_reach(),
            *self._check_targets(),
        ]

    def _check_out_of_reach(self):
        """Return one check with a line for each object that needs something first."""
        lines = {}
        for stream in self.stream_ids.filtered("selected"):
            for each in stream.left_out or ():
                if each.get("needs") and not each.get("is_optional"):
                    lines.setdefault(each["reason"], []).append(stream.label)
        if not lines:
            text = self.env._("Everything that was chosen has an app that takes it.")
            return [("out_of_reach", "passed", text)]
        text = "\n".join(
            f"{', '.join(dict.fromkeys(labels))}: {reason}"
            for reason, labels in lines.items()
        )
        return [("out_of_reach", "warning", text)]

    def _check_targets(self):
        """Return the checks of what the targets in use see coming."""
        targets = self.env["crm.migration.target"]
        models_used = set(self.mapping_ids.filtered("selected").mapped("model_name"))
        return [
            check
            for name in sorted(models_used & set(self.env))
            for check in targets._for(name)._get_checks(self)
        ]

    def _renew_target_checks(self):
        """Look again, now that values are known; reasons that people gave stay."""
        checks = self._check_targets()
        codes = {f"odoo.{check[0]}" for check in checks}
        known = self.check_ids.filtered(
            lambda c: c.code.startswith("odoo.target.") or c.code in codes
        )
        reasons = {check.code: check.accepted_reason for check in known}
        known.unlink()
        self.check_ids.create(
            [self._as_check(check, reasons.get(f"odoo.{check[0]}")) for check in checks]
        )
