"""A migration, every kind of user, and every public method of the addon."""

from odoo.tests import new_test_user

from ..common import CrmMigrationCase

REVIEWER = "crm_migration.crm_migration_group_reviewer"
MANAGER = "crm_migration.crm_migration_group_manager"
ADDON = "odoo.addons.crm_migration."
STRANGERS = ("public", "portal", "employee", "reviewer abroad", "manager abroad")
OWN_OF_ODOO = {
    *("create", "write", "unlink", "copy", "formatted_read_group"),
    "formatted_read_grouping_sets",
    *("default_get", "onchange", "message_subscribe"),
    # Private by its name: no caller from outside reaches it.
    "init",
}
"""Odoo's own methods, which the addon extends: access rights and rules guard them."""


class GateCase(CrmMigrationCase):
    """Nothing here is a list of methods: one that is added later is found as well."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls.env["res.company"].create({"name": "Elsewhere Ltd"})
        abroad = {"company_id": other.id, "company_ids": [(6, 0, other.ids)]}
        groups = (
            "base.group_user,sales_team.group_sale_manager,base.group_partner_manager"
        )
        cls.users = {
            "public": new_test_user(cls.env, "pub", groups="base.group_public"),
            "portal": new_test_user(cls.env, "por", groups="base.group_portal"),
            "employee": new_test_user(cls.env, "emp", groups=groups),
            "reviewer": new_test_user(cls.env, "rev", groups=f"{groups},{REVIEWER}"),
            "manager": new_test_user(cls.env, "man", groups=f"{groups},{MANAGER}"),
            "reviewer abroad": new_test_user(
                cls.env, "reva", groups=f"{groups},{REVIEWER}", **abroad
            ),
            "manager abroad": new_test_user(
                cls.env, "mana", groups=f"{groups},{MANAGER}", **abroad
            ),
        }

    def setUp(self):
        super().setUp()
        self.use_source(
            companies=[
                {"id": 1, "name": "Söderström & Co", "owner": "7"},
                {"id": 2, "name": ""},
            ],
            contacts=[{"id": 1, "name": "Ann", "company_id": 1}],
            deals=[],
        )
        for kind in ("discover", "extract", "load", "verify"):
            self.run_kind(kind)
        # Whatever no migration made by itself, so that every model has a row.
        record = self.staged("companies")[0]
        self.env["crm.migration.duplicate"].create(
            {"job_id": self.job.id, "record_id": record.id, "kind": "odoo"}
        )
        self.env["crm.migration.difference"].create(
            {"job_id": self.job.id, "record_id": record.id, "field": "name"}
        )
        self.env["crm.migration.conflict"].create(
            {
                "job_id": self.job.id,
                "record_id": record.id,
                "stream": "companies",
                "source_id": record.source_id,
                "res_model": "res.partner",
                "res_id": record.res_id,
                "field": "name",
                "takes_source": True,
                "mine_value": '["Söderström"]',
            }
        )
        self.env["crm.migration.automation"].create(
            {
                "job_id": self.job.id,
                "stream": "workflows",
                "source_id": "1",
                "name": "Welcome",
                "kind": "workflow",
            }
        )
        self.check = self.env["crm.migration.spot.check"]._draw(self.job, 2, "gate")
        self.env["crm.migration.check"].create(
            {"job_id": self.job.id, "code": "x", "level": "warning", "text": "Hm"}
        )
        self.env.flush_all()

    def get_methods(self):
        """Yield (model name, method name) of everything that RPC can call."""
        for model_name in sorted(self.env.registry):
            seen = set()
            for cls in type(self.env[model_name]).__mro__:
                if not cls.__module__.startswith(ADDON):
                    continue
                for name, member in vars(cls).items():
                    if name.startswith("_") or name in OWN_OF_ODOO or name in seen:
                        continue
                    if callable(member) and not hasattr(member, "type"):
                        seen.add(name)
                        yield model_name, name

    def get_record(self, model_name):
        """Return what a user would press the button on."""
        model = self.env[model_name]
        if model._transient or model._abstract:
            return None
        if "job_id" in model._fields:
            return model.search([("job_id", "=", self.job.id)], limit=1)
        if model_name == "crm.migration.job":
            return self.job
        return None

    def get_dialogs(self):
        """Return model → values of the dialogs, as a screen would open them."""
        record, line = self.staged("companies")[0], self.job.mapping_ids.line_ids[0]
        check = self.job.check_ids[:1]
        return {
            "crm.migration.record.skip": {
                "record_ids": [(6, 0, record.ids)],
                "reason": "x",
            },
            "crm.migration.record.workbook": {
                "job_id": self.job.id,
                "record_ids": [(6, 0, record.ids)],
            },
            "crm.migration.record.edit": {
                "record_id": record.id,
                "target_key": "|name",
                "value_text": "x",
            },
            "crm.migration.mapping.accept": {
                "mapping_ids": [(6, 0, self.job.mapping_ids.ids)]
            },
            "crm.migration.mapping.ignore": {
                "line_ids": [(6, 0, line.ids)],
                "reason": "x",
            },
            "crm.migration.mapping.custom": {"line_id": line.id},
            "crm.migration.mapping.join": {"line_ids": [(6, 0, line.ids)]},
            "crm.migration.mapping.join.part": {"line_id": line.id},
            "crm.migration.mapping.split": {"line_id": line.id},
            "crm.migration.sample": {
                "job_id": self.job.id,
                "stream_id": record.stream_id.id,
            },
            "crm.migration.sample.object": {"stream_id": record.stream_id.id},
            "crm.migration.template.apply": {"job_id": self.job.id},
            "crm.migration.template.save": {"job_id": self.job.id},
            "crm.migration.check.accept": {"check_id": check.id, "reason": "x"},
            "crm.migration.rollback": {"job_id": self.job.id, "confirmed": True},
            "crm.migration.close": {"job_id": self.job.id, "confirmed": True},
            "crm.migration.clean.up": {"job_id": self.job.id},
            "crm.migration.read.again": {"job_id": self.job.id},
            "crm.migration.fetch": {
                "job_id": self.job.id,
                "stream_id": record.stream_id.id,
                "source_id": record.source_id,
            },
            "crm.migration.fetch.object": {"stream_id": record.stream_id.id},
            "crm.migration.fetch.missing": {
                "stream_id": record.stream_id.id,
                "source_id": "1",
            },
            "crm.migration.load.changes": {"job_id": self.job.id},
            "crm.migration.conflict.edit": {
                "conflict_ids": [(6, 0, self.get_record("crm.migration.conflict").ids)],
                "text": "x",
            },
            "crm.migration.duplicate.merge": {
                "pair_ids": [(6, 0, self.job.duplicate_ids.ids)]
            },
            "crm.migration.filter": {"stream_id": self.job.stream_ids[:1].id},
            "crm.migration.table.object": {
                "stream_id": self.job.stream_ids[0].id,
                "choice": "contacts",
            },
            "crm.migration.reassign": {"job_id": self.job.id},
            "crm.migration.reassign.line": {"owner_id": self.job.owner_ids[0].id},
            "crm.migration.guide": {"job_id": self.job.id},
            "crm.migration.documents": {"job_id": self.job.id},
            "crm.migration.spot.check.start": {"job_id": self.job.id},
            "crm.migration.sign": {"job_id": self.job.id, "kind": "mapping"},
            "crm.migration.spot.check.wrong": {
                "line_id": self.check.line_ids[0].id,
                "comment": "x",
            },
        }

    def get_digest(self):
        """Return what a forbidden call must leave as it was."""
        self.env.flush_all()
        digests = []
        for name in self.env.registry:
            model = self.env[name]
            if name.startswith("crm.migration.") and not model._abstract:
                self.env.cr.execute(
                    f'SELECT md5(string_agg(t::text, chr(10) ORDER BY id)) FROM "{model._table}" t'
                )
                digests.append((name, self.env.cr.fetchone()[0]))
        return digests
