"""Who refers to a record: what people have made of it since it was loaded."""

from odoo import models

PARTS = {
    # rows that belong to the record itself and go with it
    "calendar.attendee",
    "crm.migration.owner",
    "mail.alias",
    "mail.followers",
    "mail.notification",
    "mail.tracking.value",
    "res.users.settings",
}
OWN_RELATIONS = {
    ("res.company", "user_ids"),
    ("res.groups", "user_ids"),
    ("res.partner", "meeting_ids"),
}
"""The other end of a field that the record itself holds."""


class CrmMigrationLoader(models.AbstractModel):
    _inherit = "crm.migration.loader"

    def _used_by_others(self, run, model, maps):
        """Return id → model of records that refer to it and are not this migration's."""
        ids, used = maps.mapped("res_id"), {}
        for name, field in self._references_to(model._name):
            own = self.env[name]
            if field.type == "many2many":
                column, source = field.column2, field.column1
                table = field.relation
            else:
                column, source, table = field.name, "id", own._table
            self.env.cr.execute(
                f"""
                SELECT DISTINCT other."{column}" FROM "{table}" AS other
                 WHERE other."{column}" = ANY(%(ids)s)
                   AND NOT (%(same)s AND other."{source}" = other."{column}")
                   AND NOT EXISTS (
                        SELECT FROM crm_migration_id_map AS map
                         WHERE map.job_id = %(job)s AND map.res_model = %(name)s
                           AND map.res_id = other."{source}")
                   AND NOT EXISTS (
                        SELECT FROM crm_migration_id_map AS map
                         WHERE map.job_id = %(job)s AND map.extras ? %(name)s
                           AND map.extras -> %(name)s @> to_jsonb(other."{source}"))
                """,
                {
                    "ids": ids,
                    "same": name == model._name,
                    "job": run.job_id.id,
                    "name": name,
                },
            )
            for (res_id,) in self.env.cr.fetchall():
                used.setdefault(res_id, name)
        used.update(self._talked_about(run, model, ids, set(used)))
        return used

    def _references_to(self, model_name):
        """Yield (model, field) of every stored reference to a model."""
        for name, model in self.env.registry.items():
            if model._abstract or model._transient or not model._auto or name in PARTS:
                continue
            if name.startswith("crm.migration."):
                continue
            for field in model._fields.values():
                if not field.store or field.comodel_name != model_name:
                    continue
                if (name, field.name) in OWN_RELATIONS:
                    continue
                plain = field.type == "many2one" and not field.compute
                if plain and field.name not in ("create_uid", "write_uid"):
                    yield name, field
                elif field.type == "many2many" and field.relation and not field.compute:
                    yield name, field

    def _talked_about(self, run, model, ids, known):
        """Return id → model of messages, activities and files that people left there."""
        found = {}
        for name, column in (
            ("mail.message", "model"),
            ("mail.activity", "res_model"),
            ("ir.attachment", "res_model"),
        ):
            own = {"mail.message": "AND other.id > 0"}.get(name, "")
            if name == "ir.attachment":
                own = "AND other.res_field IS NULL"
            self.env.cr.execute(
                f"""
                SELECT DISTINCT other.res_id FROM "{self.env[name]._table}" AS other
                 WHERE other."{column}" = %(model)s AND other.res_id = ANY(%(ids)s) {own}
                   AND NOT EXISTS (
                        SELECT FROM crm_migration_id_map AS map
                         WHERE map.job_id = %(job)s AND (
                               (map.res_model = %(name)s AND map.res_id = other.id)
                            OR (map.extras -> %(name)s @> to_jsonb(other.id))))
                """,
                {"model": model._name, "ids": ids, "job": run.job_id.id, "name": name},
            )
            for (res_id,) in self.env.cr.fetchall():
                found.setdefault(res_id, name)
        return found
