"""A migration of deals with values and owners to sign."""

from odoo.exceptions import UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from ..common import CrmMigrationCase

DEALS = """\
id;Deal Name;Stage;Amount;Owner
1;Façade;Measured Élan;100;ana@signed.example
2;Roof;Haggling;200;ana@signed.example
3;Floor;Measured Élan;300;bo@signed.example
"""
PLACEHOLDER = {"options": {"duplicate_policy": "keep", "owner_policy": "placeholder"}}


class SignOffCase(CrmMigrationCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(setattr, type(self), "job", self.job)
        self.reviewer, self.manager = (
            new_test_user(
                self.env,
                f"sign_{kind}",
                groups="base.group_user,sales_team.group_sale_manager,"
                f"crm_migration.crm_migration_group_{kind}",
            )
            for kind in ("reviewer", "manager")
        )
        self.won = self.env["crm.stage"].create({"name": "Haggled"})
        self.begin()

    def begin(self, **plan):
        self.import_files({"deals__csv": DEALS}, **{**PLACEHOLDER, **plan})
        self.run_kinds("discover", "extract")

    def get_value(self, key):
        return self.job.value_map_ids.filtered(
            lambda row: row.key == key and row.model_name == "crm.stage"
        )

    def decide(self):
        for row in self.job.value_map_ids:
            row.decision = "create" if row.model_name else "empty"
        self.get_value("Haggling").target_ref = self.won

    def sign(self, kind, user=None, **values):
        dialog = self.env["crm.migration.sign"].with_user(user or self.reviewer)
        dialog.create({"job_id": self.job.id, "kind": kind, **values}).action_sign()
        return self.job.sign_off_ids.sorted("number")[-1]

    def load(self):
        with mute_logger("odoo.sql_db"):
            return self.run_kind("load")

    def rehearse(self):
        with self.enter_registry_test_mode(), mute_logger("odoo.sql_db"):
            self.run_kinds("dry_run")

    def refused(self):
        with self.assertRaises(UserError) as caught:
            self.job.with_user(self.manager).action_load()
        return str(caught.exception)

    def forge(self, entry, statement):
        self.env.flush_all()
        self.env.cr.execute(statement, [entry.id])
        self.env.invalidate_all()

    def look(self, entry):
        self.env.invalidate_all()
        return entry.state
