"""The buttons of a migration that open its lists, and what its form says in words."""

from odoo import api, fields, models


class CrmMigrationJobActions(models.AbstractModel):
    """Each ``action_open_*`` shows one kind of thing of this migration."""

    _name = "crm.migration.job.actions"
    _description = "Migration: Job Actions"

    run_count = fields.Integer(compute="_compute_run_count")

    @api.depends("run_ids")
    def _compute_run_count(self):
        for job in self:
            job.run_count = len(job.run_ids)

    # -- lists -------------------------------------------------------------------

    def _open(self, action, **context):
        """Return a window action of this module, restricted to this migration."""
        self.ensure_one()
        self.check_access("read")
        values = self.env["ir.actions.act_window"]._for_xml_id(
            f"crm_migration.{action}"
        )
        values["domain"] = [("job_id", "=", self.id)]
        values["context"] = {"default_job_id": self.id, **context}
        values["display_name"] = values["name"]
        return values

    def action_open_records(self):
        return self._open("crm_migration_record_action")

    def action_open_problems(self):
        return self._open(
            "crm_migration_message_action",
            search_default_open=1,
            search_default_problems=1,
            search_default_by_code=1,
        )

    def action_open_mappings(self):
        return self._open("crm_migration_mapping_action")

    def action_open_mapping_lines(self):
        return self._open(
            "crm_migration_mapping_line_action",
            search_default_open=1,
            search_default_by_mapping=1,
        )

    def action_open_values(self):
        """Show what is left to decide; everything, once nothing is."""
        return self._open(
            "crm_migration_value_map_action",
            search_default_by_list=1,
            search_default_undecided=int(bool(self.value_open_count)),
        )

    def action_open_owners(self):
        return self._open("crm_migration_owner_action")

    def action_open_duplicates(self):
        return self._open("crm_migration_duplicate_action", search_default_open=1)

    def action_open_overview(self):
        """Show object by object what became of it, without columns of zeros."""
        lines = self.env["crm.migration.overview"].search([("job_id", "=", self.id)])
        empty = {
            f"no_{name}": 1
            for name in ("failed", "rolled_back")
            if not any(lines.mapped(f"{name}_count"))
        }
        return self._open(
            "crm_migration_overview_action", search_default_staged=1, **empty
        )

    def action_open_reconciliation(self):
        return self._open(
            "crm_migration_reconciliation_action",
            search_default_latest=1,
            **self.env["crm.migration.reconciliation"]._get_empty_columns(
                [("job_id", "=", self.id)]
            ),
        )

    def action_open_differences(self):
        return self._open("crm_migration_difference_action", search_default_open=1)

    def action_open_links(self):
        return self._open("crm_migration_id_map_action")

    def action_open_runs(self):
        return self._open("crm_migration_run_action")

    def action_open_vanished(self):
        """Show what the source does not have any more."""
        return {
            **self._open(
                "crm_migration_record_action",
                search_default_vanished=1,
                show_vanished=1,
            ),
            "name": self.env._("Vanished Records"),
            "display_name": self.env._("Vanished Records"),
        }

    def action_ask_read_again(self):
        """Ask from which files, and what becomes of what is gone."""
        self.ensure_one()
        self._check_manager()
        return self._open_dialog(
            self.env._("Read Changes"),
            "crm.migration.read.again",
            default_job_id=self.id,
        )

    def action_open_rollback(self):
        """Ask what is to be taken back."""
        self.ensure_one()
        self._check_manager()
        return self._open_dialog(
            self.env._("Roll Back"), "crm.migration.rollback", default_job_id=self.id
        )
